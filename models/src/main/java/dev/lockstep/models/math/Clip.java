package dev.lockstep.models.math;

import java.util.Optional;
import org.deeplearning4j.nn.conf.GradientNormalization;

/**
 * DL4J's gradient normalization of one parameter in one update.
 *
 * @param factor that gradients are multiplied by
 * @param most absolute value of a gradient
 */
record Clip(float factor, float most) {
  /** What DL4J takes for a norm of 0. */
  private static final double NO_NORM = 1e-5;

  static boolean needsNorm(TrainedParameter parameter) {
    return switch (parameter.clipping()) {
      case None, ClipElementWiseAbsoluteValue -> false;
      default -> true;
    };
  }

  /** Parameters of one group are clipped by the norm of all of them. */
  static String group(TrainedParameter parameter) {
    boolean perLayer =
        parameter.clipping() == GradientNormalization.ClipL2PerLayer
            || parameter.clipping() == GradientNormalization.RenormalizeL2PerLayer;
    return perLayer ? parameter.layer() : parameter.layer() + " at " + parameter.start();
  }

  /**
   * @param norm of the group's gradients, 0 if not needed
   */
  static Optional<Clip> of(TrainedParameter parameter, double norm) {
    double threshold = parameter.threshold();
    return switch (parameter.clipping()) {
      case None -> Optional.empty();
      case ClipElementWiseAbsoluteValue -> Optional.of(new Clip(1, (float) threshold));
      case RenormalizeL2PerLayer, RenormalizeL2PerParamType ->
          Optional.of(by(1 / (norm == 0 ? NO_NORM : norm)));
      case ClipL2PerLayer, ClipL2PerParamType ->
          norm > threshold ? Optional.of(by(threshold / norm)) : Optional.empty();
    };
  }

  private static Clip by(double factor) {
    return new Clip((float) factor, Float.POSITIVE_INFINITY);
  }

  void apply(float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] = Math.max(-most, Math.min(most, gradients[i] * factor));
    }
  }
}
