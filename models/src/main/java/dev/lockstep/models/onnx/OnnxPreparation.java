package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of data before the network sees it, and of what the network says, as part of the
 * graph.
 *
 * @param picture the size of pictures, which then come as bytes [height, width, channels]; empty
 *     where an example is float32 in the network's own shape
 * @param offsets of each value x, which becomes (x − offset) · factor: one of all, one a channel,
 *     or one a value
 * @param factors as many
 * @param means of the targets of a regression, one each: an output y becomes y · deviation + mean.
 *     None where outputs stay as they are
 * @param deviations as many
 * @param classes what the outputs of a classifier are
 */
public record OnnxPreparation(
    Optional<Picture> picture,
    List<Double> offsets,
    List<Double> factors,
    List<Double> means,
    List<Double> deviations,
    Classes classes) {

  /** The size of a picture. */
  public record Picture(int height, int width, int channels) {}

  /** What the outputs of a classifier are. */
  public enum Classes {
    /** One a class; or there are no classes. */
    EACH,
    /** One of two, 0..1: the probability of the second; both are then given. */
    ZERO_ONE,
    /** One of two, −1..1, 0 between them; probabilities of both are then given. */
    MINUS_PLUS
  }

  public OnnxPreparation {
    offsets = List.copyOf(offsets);
    factors = List.copyOf(factors);
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (offsets.isEmpty()
        || offsets.size() != factors.size()
        || means.size() != deviations.size()) {
      throw new IllegalArgumentException(
          "expected as many offsets as factors, means as deviations");
    }
  }

  /**
   * Of inputs that each take some of an example's values, one after the other; what becomes of
   * outputs stays.
   *
   * @param lengths how many each takes
   */
  List<OnnxPreparation> divided(List<Integer> lengths) throws UnsupportedNetwork {
    int all = lengths.stream().mapToInt(Integer::intValue).sum();
    if (offsets.size() > 1 && offsets.size() != all) {
      throw new UnsupportedNetwork(
          "a normalisation of %d values, of inputs of %s".formatted(offsets.size(), lengths));
    }
    List<OnnxPreparation> parts = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      int to = from + length;
      parts.add(
          offsets.size() == 1
              ? this
              : new OnnxPreparation(
                  picture,
                  offsets.subList(from, to),
                  factors.subList(from, to),
                  means,
                  deviations,
                  classes));
      from = to;
    }
    return parts;
  }
}
