package dev.lockstep.models.network;

import dev.lockstep.models.NetworkDefinition;
import java.io.Serializable;
import java.util.Locale;
import org.deeplearning4j.nn.conf.GradientNormalization;

/**
 * How gradients are kept from growing too large, by DL4J's gradient normalization, in place of the
 * layers' own; the same whatever computes a step.
 *
 * @param limit what is limited
 * @param threshold to what, more than 0
 */
public record GradientClipping(Limit limit, double threshold) implements Serializable {

  /** What of a gradient is limited. */
  public enum Limit {
    /** Each value, to at most the threshold on either side of 0. */
    VALUE(GradientNormalization.ClipElementWiseAbsoluteValue),
    /** The Euclidean norm of each layer's gradient (Pascanu et al. 2013, Algorithm 1). */
    NORM(GradientNormalization.ClipL2PerLayer);

    private final GradientNormalization normalization;

    Limit(GradientNormalization normalization) {
      this.normalization = normalization;
    }
  }

  public GradientClipping {
    if (!(threshold > 0 && Double.isFinite(threshold))) {
      throw new IllegalArgumentException(
          "what gradients are clipped to must be more than 0, not " + threshold);
    }
  }

  /**
   * Reads {@code value:V} or {@code norm:V}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static GradientClipping of(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(":", -1);
    if (parts.length == 2) {
      for (Limit limit : Limit.values()) {
        if (parts[0].equals(name(limit))) {
          try {
            return new GradientClipping(limit, Double.parseDouble(parts[1]));
          } catch (NumberFormatException e) {
            break; // told below
          }
        }
      }
    }
    throw new IllegalArgumentException(
        "expected value:V or norm:V with a number V, found '%s'".formatted(text));
  }

  /** The network with its gradients clipped. */
  public NetworkDefinition apply(NetworkDefinition network) {
    return NetworkTuning.changed(
        network,
        configuration ->
            NetworkTuning.trained(
                configuration.getLayer(),
                layer -> {
                  layer.setGradientNormalization(limit.normalization);
                  layer.setGradientNormalizationThreshold(threshold);
                }));
  }

  private static String name(Limit limit) {
    return limit.name().toLowerCase(Locale.ROOT);
  }

  /** As users write it. */
  @Override
  public String toString() {
    return "%s:%s".formatted(name(limit), threshold);
  }
}
