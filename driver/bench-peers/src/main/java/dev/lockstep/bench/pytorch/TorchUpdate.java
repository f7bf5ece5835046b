package dev.lockstep.bench.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's rule of update, of one parameter, by DJL. */
interface TorchUpdate {
  void update(String name, NDArray values, NDArray gradient);

  /**
   * @param decay how much of the parameter is added to its gradient
   * @throws UnsupportedOperationException if DJL has no such rule for PyTorch
   */
  static TorchUpdate of(IUpdater updater, float decay) {
    Tracker rate = Tracker.fixed((float) updater.getLearningRate(0, 0));
    if (updater instanceof Sgd) {
      return Optimizer.sgd().setLearningRateTracker(rate).optWeightDecays(decay).build()::update;
    }
    if (updater instanceof Adam adam) {
      return Optimizer.adam()
              .optLearningRateTracker(rate)
              .optBeta1((float) adam.getBeta1())
              .optBeta2((float) adam.getBeta2())
              .optEpsilon((float) adam.getEpsilon())
              .optWeightDecays(decay)
              .build()
          ::update;
    }
    if (updater instanceof Nesterovs nesterovs) {
      return nesterov(rate.getNewValue(0), (float) nesterovs.getMomentum(), decay);
    }
    throw new UnsupportedOperationException(updater.getClass().getSimpleName());
  }

  /** DJL's is not there for PyTorch: v ← m v − r g, w ← w + m v − r g. */
  private static TorchUpdate nesterov(float rate, float momentum, float decay) {
    NDArray[] velocity = new NDArray[1];
    return (name, values, gradient) -> {
      if (velocity[0] == null) {
        velocity[0] = values.zerosLike();
      }
      try (NDArray shrink = values.mul(rate * decay);
          NDArray step = gradient.mul(rate)) {
        step.addi(shrink);
        velocity[0].muli(momentum).subi(step);
        try (NDArray ahead = velocity[0].mul(momentum)) {
          values.addi(ahead).subi(step);
        }
      }
    };
  }
}
