package dev.lockstep.models.math;

import dev.lockstep.models.StabilisedCrossEntropy;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * The parts of a DL4J layer as parts of ours; empty where it has no such part. Activations and
 * losses are compared by exact class, as DL4J derives some from others.
 */
public final class Dl4jParts {
  private Dl4jParts() {}

  public static Optional<ActivationFunction> activation(IActivation activation) {
    Class<?> type = activation.getClass();
    if (type == ActivationIdentity.class) {
      return Optional.of(ActivationFunction.IDENTITY);
    }
    if (type == ActivationTanH.class) {
      return Optional.of(ActivationFunction.TANH);
    }
    if (type == ActivationSigmoid.class) {
      return Optional.of(ActivationFunction.SIGMOID);
    }
    if (type == ActivationSoftmax.class) {
      return Optional.of(ActivationFunction.SOFTMAX);
    }
    // The plain one: no upper bound, no threshold, no slope below 0.
    if (activation.equals(new ActivationReLU())) {
      return Optional.of(ActivationFunction.RELU);
    }
    return Optional.empty();
  }

  /**
   * @param activation of the layer that has the loss
   */
  public static Optional<Loss> loss(ILossFunction loss, ActivationFunction activation) {
    boolean softmax = activation == ActivationFunction.SOFTMAX;
    Class<?> type = loss.getClass();
    if (type == LossMSE.class && ((LossMSE) loss).getWeights() == null) {
      return Optional.of(new Loss.MeanSquaredError(activation));
    }
    if (type == LossMCXENT.class || type == LossNegativeLogLikelihood.class) {
      LossMCXENT crossEntropy = (LossMCXENT) loss;
      if (crossEntropy.getWeights() == null) {
        return Optional.of(
            softmax
                ? new Loss.SoftmaxCrossEntropy((float) crossEntropy.getSoftmaxClipEps())
                : new Loss.CrossEntropy(activation, 0));
      }
    }
    if (loss instanceof StabilisedCrossEntropy stabilised) {
      return Optional.of(new Loss.CrossEntropy(activation, (float) stabilised.getEpsilon()));
    }
    // On a softmax DL4J leaves out the term of the other classes.
    if (type == LossBinaryXENT.class && !softmax) {
      LossBinaryXENT binary = (LossBinaryXENT) loss;
      if (binary.getWeights() == null) {
        return Optional.of(new Loss.BinaryCrossEntropy(activation, (float) binary.getClipEps()));
      }
    }
    return Optional.empty();
  }

  public static Optional<UpdateRule> updateRule(IUpdater updater) {
    if (updater instanceof Sgd sgd && sgd.getLearningRateSchedule() == null) {
      return Optional.of(new UpdateRule.Sgd((float) sgd.getLearningRate()));
    }
    if (updater instanceof Nesterovs nesterovs
        && nesterovs.getLearningRateSchedule() == null
        && nesterovs.getMomentumISchedule() == null) {
      return Optional.of(
          new UpdateRule.Nesterovs(
              (float) nesterovs.getLearningRate(), (float) nesterovs.getMomentum()));
    }
    if (updater instanceof Adam adam && adam.getLearningRateSchedule() == null) {
      return Optional.of(
          new UpdateRule.Adam(
              (float) adam.getLearningRate(),
              (float) adam.getBeta1(),
              (float) adam.getBeta2(),
              (float) adam.getEpsilon()));
    }
    return Optional.empty();
  }

  /**
   * @param learningRate which a weight decay may be a multiple of
   */
  public static Optional<Penalty> penalty(List<Regularization> parts, float learningRate) {
    double l2 = 0;
    double decay = 0;
    for (Regularization part : parts == null ? List.<Regularization>of() : parts) {
      if (part instanceof L2Regularization known && known.getL2() instanceof FixedSchedule fixed) {
        l2 += fixed.getValue();
      } else if (part instanceof WeightDecay known
          && known.getCoeff() instanceof FixedSchedule fixed) {
        decay += fixed.getValue() * (known.isApplyLR() ? learningRate : 1);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Penalty((float) l2, (float) decay));
  }
}
