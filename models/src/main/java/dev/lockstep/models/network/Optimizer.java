package dev.lockstep.models.network;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** The update rules that can be named on the command line, each with TensorFlow's defaults. */
public enum Optimizer {
  /** Plain gradient descent. */
  SGD,
  /** Gradient descent with Nesterov momentum 0.9. */
  NESTEROVS,
  /**
   * Kingma and Ba 2015 with β₁ 0.9, β₂ 0.999, ε 1e-8 outside the bias correction: the form before
   * their section 2.1's end, which TensorFlow and ND4J both use, so the two agree step by step.
   */
  ADAM;

  private static final double MOMENTUM = 0.9;
  private static final double EPSILON = 1e-8;
  private static final int MAX_SCALING = 8;
  private static final int MAX_DESCENT_SCALING = 32;
  private static final double WARMUP_MINIBATCHES = 16;
  private static final double MAX_WARMUP = 3;

  /** Where nothing else is known of a network. */
  public double usualLearningRate() {
    return this == ADAM ? 0.001 : 0.01;
  }

  /**
   * The updater with the usual rate where several workers make one step, or average theirs, of a
   * loss that is a mean: as many times as much (the linear scaling rule of Goyal et al. 2017), with
   * Adam or momentum 8 and without them 32 times at most, beyond which networks with hidden layers
   * lose by it or diverge.
   *
   * @param minibatches of one process that the workers' minibatches make together, more than 0;
   *     below 1 is as 1
   */
  public IUpdater usualUpdater(double minibatches, MomentDecays decays) {
    double times = Math.max(1, Math.min(minibatches, most()));
    return updater(usualLearningRate() * times, decays);
  }

  private int most() {
    return this == SGD ? MAX_DESCENT_SCALING : MAX_SCALING;
  }

  /**
   * Epochs in which the usual rate rises from 0: with Adam and momentum wherever it is that of
   * several minibatches, without them where it is as many times as much as it may be. Without, a
   * network with convolutions can learn nothing, or ten points less: Adam's first steps have all
   * their length, in the direction of the first gradients' signs.
   *
   * @param minibatches as of {@link #usualUpdater}
   */
  public double usualWarmup(double minibatches) {
    return minibatches > (this == SGD ? MAX_DESCENT_SCALING : 1) ? warmup(minibatches) : 0;
  }

  /**
   * Epochs in which a rate that is long for many workers rises from 0 (the gradual warm-up of Goyal
   * et al. 2017, section 2.2): one for each 16 minibatches that they make together, 3 at most, so
   * that it lasts about as many steps.
   *
   * @param minibatches more than 0
   */
  public static double warmup(double minibatches) {
    return Math.min(minibatches / WARMUP_MINIBATCHES, MAX_WARMUP);
  }

  /**
   * DL4J's updater for this rule.
   *
   * @param learningRate more than 0
   */
  public IUpdater updater(double learningRate) {
    return updater(learningRate, MomentDecays.USUAL);
  }

  /**
   * DL4J's updater for this rule.
   *
   * @param learningRate more than 0, taken as it is
   */
  public IUpdater updater(double learningRate, MomentDecays decays) {
    return switch (this) {
      case SGD -> new Sgd(learningRate);
      case NESTEROVS -> new Nesterovs(learningRate, MOMENTUM);
      case ADAM ->
          new Adam(learningRate, 1 - decays.first() * 0.1, 1 - decays.second() * 0.001, EPSILON);
    };
  }
}
