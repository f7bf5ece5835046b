package dev.lockstep.master;

import dev.lockstep.models.ModelError;
import dev.lockstep.train.LossScale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What is asked of either kind of network. */
sealed interface TrainedNetwork {

  static TrainedNetwork of(Model network) {
    return network instanceof ComputationGraph graph
        ? new Graph(graph)
        : new Layers((MultiLayerNetwork) network);
  }

  int epochs();

  BackpropType backprop();

  boolean dividesByMinibatch();

  /** Takes the loss of a round, with regularisation, as the score; gives it back. */
  double score(double loss);

  /** What a round's loss is a mean over, as in DL4J's own score. */
  default LossScale lossScale() {
    return dividesByMinibatch() ? LossScale.EXAMPLE : LossScale.MINIBATCH;
  }

  /**
   * @throws ModelError if gradients of it cannot be averaged
   */
  default void expectWholeGradients() {
    if (backprop() == BackpropType.TruncatedBPTT) {
      throw new ModelError(
          "truncated backpropagation through time makes several updates of a minibatch: average"
              + " parameters, not gradients");
    }
  }

  /** A stack of layers. */
  record Layers(MultiLayerNetwork network) implements TrainedNetwork {
    @Override
    public int epochs() {
      return network.getEpochCount();
    }

    @Override
    public BackpropType backprop() {
      return network.getLayerWiseConfigurations().getBackpropType();
    }

    @Override
    public boolean dividesByMinibatch() {
      return network.getDefaultConfiguration().isMiniBatch();
    }

    @Override
    public double score(double loss) {
      network.setScore(loss + network.calcRegularizationScore(true));
      return network.score();
    }
  }

  /** A graph. */
  record Graph(ComputationGraph network) implements TrainedNetwork {
    @Override
    public int epochs() {
      return network.getConfiguration().getEpochCount();
    }

    @Override
    public BackpropType backprop() {
      return network.getConfiguration().getBackpropType();
    }

    @Override
    public boolean dividesByMinibatch() {
      return network.conf().isMiniBatch();
    }

    @Override
    public double score(double loss) {
      network.setScore(loss + network.calcRegularizationScore(true));
      return network.score();
    }
  }
}
