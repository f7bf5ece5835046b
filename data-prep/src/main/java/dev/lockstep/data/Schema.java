package dev.lockstep.data;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What every example of a data set looks like.
 *
 * @param featureShape the shape of one example's features, such as [28, 28]
 * @param featureType what {@link Example#features()} holds
 * @param classNames what each class is called, by class number: folder names, values of a label
 *     column, or the numbers themselves; empty for regression
 * @param targets how many regression targets; 0 for classification
 * @param columns what the features are called, in their order; empty where they have no names
 * @param coding how a network has classes; of other than two, {@link ClassCoding#ONE_HOT}
 * @param weighted whether each example has a weight, which is then the last of its {@link
 *     Example#target}
 */
public record Schema(
    List<Integer> featureShape,
    FeatureType featureType,
    List<String> classNames,
    int targets,
    List<String> columns,
    ClassCoding coding,
    boolean weighted)
    implements Serializable {

  /** How features are held until a minibatch is assembled. */
  public enum FeatureType {
    /** {@link Values.Bytes}: as pixels come. */
    UINT8,
    /** {@link Values.Floats}: as tables hold. */
    FLOAT32
  }

  public Schema {
    featureShape = List.copyOf(featureShape);
    classNames = List.copyOf(classNames);
    columns = columns == null ? List.of() : List.copyOf(columns); // JSON of before has none
    coding = coding == null ? ClassCoding.ONE_HOT : coding; // likewise
    if (!coding.fits(classNames.size())) {
      throw new IllegalArgumentException(
          "%s is of two classes, not of %d".formatted(coding, classNames.size()));
    }
    if (classNames.isEmpty() == (targets == 0) || targets < 0) {
      throw new IllegalArgumentException(
          "either classes or targets must be positive, not classes "
              + classNames.size()
              + ", targets "
              + targets);
    }
    if (new HashSet<>(classNames).size() < classNames.size()) {
      throw new IllegalArgumentException("class names must differ, not " + classNames);
    }
  }

  /** Of classes one-hot. */
  public Schema(
      List<Integer> featureShape,
      FeatureType featureType,
      List<String> classNames,
      int targets,
      List<String> columns) {
    this(featureShape, featureType, classNames, targets, columns, ClassCoding.ONE_HOT, false);
  }

  /** Of features without names. */
  public Schema(
      List<Integer> featureShape, FeatureType featureType, List<String> classNames, int targets) {
    this(featureShape, featureType, classNames, targets, List.of());
  }

  /** The same, with other features of a table. */
  public Schema withColumns(List<String> newColumns) {
    return new Schema(
        List.of(newColumns.size()), featureType, classNames, targets, newColumns, coding, weighted);
  }

  /** The same, of other classes. */
  public Schema withClassNames(List<String> newNames) {
    return new Schema(featureShape, featureType, newNames, targets, columns, coding, weighted);
  }

  /** The same, with features of another shape, of as many values. */
  public Schema withShape(List<Integer> newShape) {
    return new Schema(newShape, featureType, classNames, targets, columns, coding, weighted);
  }

  /** The same, with classes as a network has them. */
  public Schema withCoding(ClassCoding newCoding) {
    return new Schema(featureShape, featureType, classNames, targets, columns, newCoding, weighted);
  }

  /** The same of examples that have weights. */
  public Schema withWeights() {
    return new Schema(featureShape, featureType, classNames, targets, columns, coding, true);
  }

  /**
   * How many steps each have a class: as many as features have in their last dimension; 1 where the
   * example has one.
   */
  public int steps() {
    return coding == ClassCoding.EACH_STEP ? featureShape.get(featureShape.size() - 1) : 1;
  }

  /** How many values an example's {@link Example#target} has: 1 for a class, 1 for a weight. */
  public int targetWidth() {
    return (classes() > 0 ? steps() : targets) + (weighted ? 1 : 0);
  }

  /** Bytes, as pixels come, of classes called 0, 1, 2 … */
  public static Schema classification(List<Integer> featureShape, int classes) {
    return classification(featureShape, FeatureType.UINT8, numbered(classes));
  }

  public static Schema classification(
      List<Integer> featureShape, FeatureType featureType, List<String> classNames) {
    return new Schema(featureShape, featureType, classNames, 0);
  }

  public static Schema regression(int inputs, int targets) {
    return regression(List.of(inputs), FeatureType.FLOAT32, targets);
  }

  public static Schema regression(
      List<Integer> featureShape, FeatureType featureType, int targets) {
    return new Schema(featureShape, featureType, List.of(), targets);
  }

  /** The names of classes that have none but their numbers: 0, 1, 2 … */
  public static List<String> numbered(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  /** How many classes; 0 for regression. */
  public int classes() {
    return classNames.size();
  }

  /** How many values the features of one example have. */
  public int featureLength() {
    int length = 1;
    for (int dimension : featureShape) {
      length = Math.multiplyExact(length, dimension);
    }
    return length;
  }

  /** The shape of examples as pictures; empty if they cannot be such. */
  public Optional<PictureShape> picture() {
    return coding == ClassCoding.EACH_STEP ? Optional.empty() : PictureShape.of(featureShape);
  }

  /** The {@link #featureShape}, as DL4J takes shapes. */
  public long[] shape() {
    return featureShape.stream().mapToLong(Integer::longValue).toArray();
  }

  /** How many values the labels of one example have as a network sees them: classes or targets. */
  public int labelLength() {
    return classes() > 0 ? coding.length(classes()) * steps() : targets;
  }

  /**
   * What outputs say of each class: of each example, or of each of its steps.
   *
   * @param outputs of a network, one example after the other: float32 [size, labelLength]
   * @return float32 [size · steps, classes]; outputs themselves, where there is nothing to do
   */
  public float[] probabilities(float[] outputs) {
    if (steps() == 1) {
      return coding.probabilities(outputs);
    }
    int length = labelLength();
    float[] ofSteps = new float[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      int within = i % length;
      int step = within % steps();
      ofSteps[i - within + step * classes() + within / steps()] = outputs[i];
    }
    return ofSteps;
  }
}
