package dev.lockstep.models;

import java.io.Serializable;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Where the arrays that a network takes and gives lie in the flat rows of a {@link Minibatch}: one
 * part after the other, each as its values, then its mask if it has one, then, if it may be
 * shorter, how many steps it has.
 *
 * @param features one part an input
 * @param labels one part an output
 */
public record ExampleLayout(List<Part> features, List<Part> labels) implements Serializable {

  /**
   * One array of an example.
   *
   * @param values its shape
   * @param mask the shape of its mask, with the same steps if it has a variable axis; null if the
   *     data have none
   */
  public record Part(ArrayShape values, ArrayShape mask) implements Serializable {
    /** How many values of a row it takes. */
    public int length() {
      return values.length() + (mask == null ? 0 : mask.length()) + (values.varies() ? 1 : 0);
    }

    /** Where in it the mask begins. */
    public int maskOffset() {
      return values.length();
    }

    /** Where in it the number of steps is. */
    public int stepsOffset() {
      return length() - 1;
    }
  }

  public ExampleLayout {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
  }

  /**
   * Of examples with one array of features and one of labels, without masks.
   *
   * @param labelLength how many values the labels of one example have
   * @param featureShape the shape of one example's features as the network takes them, such as
   *     [784] or [1, 28, 28]
   */
  public static ExampleLayout of(int labelLength, long... featureShape) {
    List<Integer> shape = LongStream.of(featureShape).mapToObj(Math::toIntExact).toList();
    return new ExampleLayout(
        List.of(new Part(ArrayShape.fixed(shape), null)),
        List.of(new Part(ArrayShape.fixed(List.of(labelLength)), null)));
  }

  /**
   * Of examples for a network with several inputs, each of which takes some of the features.
   *
   * @param widths how many each takes, one after the other
   */
  public static ExampleLayout ofInputs(int labelLength, List<Integer> widths) {
    return new ExampleLayout(
        widths.stream().map(width -> new Part(ArrayShape.fixed(List.of(width)), null)).toList(),
        of(labelLength, 1).labels());
  }

  /** How many values the features of one example take. */
  public int featureLength() {
    return length(features);
  }

  /** How many values the labels of one example take. */
  public int labelLength() {
    return length(labels);
  }

  private static int length(List<Part> parts) {
    return parts.stream().mapToInt(Part::length).reduce(0, Math::addExact);
  }

  /** Whether examples are one array of features and one of labels, of one size, without masks. */
  public boolean isPlain() {
    return isPlain(features) && isPlain(labels);
  }

  private static boolean isPlain(List<Part> parts) {
    return parts.size() == 1 && parts.get(0).mask() == null && !parts.get(0).values().varies();
  }
}
