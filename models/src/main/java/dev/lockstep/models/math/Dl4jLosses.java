package dev.lockstep.models.math;

import dev.lockstep.models.StabilisedCrossEntropy;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/** Reads DL4J's losses, by exact class, as DL4J derives some from others. */
final class Dl4jLosses {
  private static final Map<Class<?>, LossTerm> TERMS =
      Map.ofEntries(
          Map.entry(LossMSE.class, LossTerm.MEAN_SQUARE),
          Map.entry(LossL2.class, LossTerm.SQUARE),
          Map.entry(LossMAE.class, LossTerm.MEAN_DISTANCE),
          Map.entry(LossL1.class, LossTerm.DISTANCE),
          Map.entry(LossMAPE.class, LossTerm.PERCENTAGE),
          Map.entry(LossMSLE.class, LossTerm.LOGARITHMIC),
          Map.entry(LossHinge.class, LossTerm.HINGE),
          Map.entry(LossSquaredHinge.class, LossTerm.SQUARED_HINGE),
          Map.entry(LossKLD.class, LossTerm.DIVERGENCE),
          Map.entry(LossPoisson.class, LossTerm.POISSON),
          Map.entry(LossWasserstein.class, LossTerm.WASSERSTEIN));

  private Dl4jLosses() {}

  /** Empty if it is none that is known here. */
  static Optional<Loss> read(ILossFunction loss, ActivationFunction activation) {
    return Optional.ofNullable(known(loss, activation));
  }

  private static Loss known(ILossFunction loss, ActivationFunction activation) {
    Class<?> type = loss.getClass();
    if (TERMS.containsKey(type)) {
      return new ElementLoss(TERMS.get(type), 0, weights(loss), activation);
    }
    if (type == LossMCXENT.class || type == LossNegativeLogLikelihood.class) {
      return crossEntropy((LossMCXENT) loss, activation);
    }
    if (type == LossSparseMCXENT.class) {
      return new ClassNumberLoss(crossEntropy((LossMCXENT) loss, activation));
    }
    if (type == StabilisedCrossEntropy.class) {
      float epsilon = (float) ((StabilisedCrossEntropy) loss).getEpsilon();
      return new ElementLoss(LossTerm.CROSS_ENTROPY, epsilon, ColumnWeights.of(null), activation);
    }
    // On a softmax DL4J leaves out the term of the other classes.
    if (type == LossBinaryXENT.class && activation != CommonActivation.SOFTMAX) {
      LossBinaryXENT binary = (LossBinaryXENT) loss;
      ColumnWeights weights = ColumnWeights.of(binary.getWeights());
      return new ElementLoss(
          LossTerm.BINARY_CROSS_ENTROPY, (float) binary.getClipEps(), weights, activation);
    }
    if (type == LossCosineProximity.class) {
      return new CosineLoss(activation);
    }
    if (type == LossMultiLabel.class) {
      return new RankingLoss(activation);
    }
    return null;
  }

  private static Loss crossEntropy(LossMCXENT loss, ActivationFunction activation) {
    ColumnWeights weights = ColumnWeights.of(loss.getWeights());
    return activation == CommonActivation.SOFTMAX
        ? new SoftmaxCrossEntropy((float) loss.getSoftmaxClipEps(), weights)
        : new ElementLoss(LossTerm.CROSS_ENTROPY, 0, weights, activation);
  }

  private static ColumnWeights weights(ILossFunction loss) {
    INDArray weights = null;
    if (loss instanceof LossL2 known) {
      weights = known.getWeights();
    } else if (loss instanceof LossL1 known) {
      weights = known.getWeights();
    } else if (loss instanceof LossMAPE known) {
      weights = known.getWeights();
    } else if (loss instanceof LossMSLE known) {
      weights = known.getWeights();
    }
    return ColumnWeights.of(weights);
  }
}
