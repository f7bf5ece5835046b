package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import java.io.Serializable;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What pulls parameters towards 0, by a strength that may follow a schedule.
 *
 * @param strength of the pull
 * @param timesLearningRate whether it is a multiple of the learning rate
 */
record Penalty(Kind kind, ISchedule strength, boolean timesLearningRate) implements Serializable {

  enum Kind {
    /** Adds strength·sign(parameter) to the gradient. */
    L1,
    /** Adds strength·parameter to the gradient. */
    L2,
    /** Adds strength·parameter to the update. */
    DECAY
  }

  static Penalty of(Regularization part) throws UnsupportedNetwork {
    if (part instanceof L1Regularization known) {
      return new Penalty(Kind.L1, known.getL1(), false);
    }
    if (part instanceof L2Regularization known) {
      return new Penalty(Kind.L2, known.getL2(), false);
    }
    if (part instanceof WeightDecay known) {
      return new Penalty(Kind.DECAY, known.getCoeff(), known.isApplyLR());
    }
    throw new UnsupportedNetwork("regularization " + part);
  }

  /** Whether it goes to the update, not to the gradient. */
  boolean afterUpdater() {
    return kind == Kind.DECAY;
  }

  /**
   * The strength for one update.
   *
   * @param learningRate of the parameters' updater, 1 if it has none
   */
  float strength(int updates, int epoch, double learningRate) {
    double scheduled = strength.valueAt(updates, epoch);
    return (float) (timesLearningRate ? scheduled * learningRate : scheduled);
  }

  /** Adds the pull of the first {@code length} parameters to their gradients or updates. */
  void add(float strength, float[] parameters, float[] sum, int length) {
    if (kind == Kind.L1) {
      for (int i = 0; i < length; i++) {
        sum[i] += strength * Math.signum(parameters[i]);
      }
    } else if (strength != 0) {
      for (int i = 0; i < length; i++) {
        sum[i] += strength * parameters[i];
      }
    }
  }
}
