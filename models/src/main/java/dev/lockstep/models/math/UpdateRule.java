package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Turns gradients into the updates that are subtracted from parameters, with the rates of one
 * update. In float32 throughout, as ND4J computes them, since 1 − 0.999 in float32 differs from
 * 0.001 in the fifth digit.
 */
interface UpdateRule {

  /**
   * Replaces each gradient by its update.
   *
   * @param gradient float32, of which the first {@code length} values
   * @param moments float32 [moments][length or more], which it advances; in arrays of their own and
   *     from their beginning, as the JVM vectorises no other loops
   */
  void apply(float[] gradient, float[][] moments, int length);

  /**
   * The rule of DL4J's updater for one update.
   *
   * @param updates how many updates came before
   * @param epoch from 0
   * @param factor of the learning rate
   * @throws UnsupportedNetwork if it is none of DL4J's own
   */
  static UpdateRule of(IUpdater updater, int updates, int epoch, double factor)
      throws UnsupportedNetwork {
    float rate = (float) (factor * updater.getLearningRate(updates, epoch));
    // By exact class, as a class derived from one may compute something else.
    Class<?> type = updater.getClass();
    if (type == NoOp.class) {
      return (gradient, moments, length) -> {};
    }
    if (type == Sgd.class) {
      return new DescentRules.Sgd(rate);
    }
    if (type == Nesterovs.class) {
      double momentum = ((Nesterovs) updater).currentMomentum(updates, epoch);
      return new DescentRules.Nesterovs(rate, (float) momentum);
    }
    if (type == RmsProp.class) {
      return SquareRules.rmsProp((RmsProp) updater, rate);
    }
    if (type == AdaGrad.class) {
      return new SquareRules.AdaGrad(rate, (float) ((AdaGrad) updater).getEpsilon());
    }
    if (type == AdaDelta.class) {
      return SquareRules.adaDelta((AdaDelta) updater);
    }
    return AdamRules.of(updater, rate, updates + 1);
  }

  /** How many moments DL4J keeps of each parameter's gradients. */
  static int moments(IUpdater updater) {
    return Math.toIntExact(updater.stateSize(1));
  }

  /** What DL4J sets moments to before the first update. */
  static float firstMoment(IUpdater updater) {
    if (updater instanceof RmsProp known) {
      return (float) known.getEpsilon();
    }
    // DL4J's updater starts from its default, whatever is set.
    return updater instanceof AdaGrad ? (float) AdaGrad.DEFAULT_ADAGRAD_EPSILON : 0;
  }

  /** Refuses what {@link #of} would. */
  static void expectKnown(IUpdater updater) throws UnsupportedNetwork {
    of(updater, 0, 0, 1);
  }
}
