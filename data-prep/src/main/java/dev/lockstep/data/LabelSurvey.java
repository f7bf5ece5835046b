package dev.lockstep.data;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the labels of a table are, as far as one has seen them: names of classes, or numbers.
 *
 * @param places all labels there are, each with the file and row where it was first seen; none if
 *     there are too many for classes
 * @param numbers whether all of them are numbers
 * @param few whether they are few enough for classes
 */
public record LabelSurvey(Map<String, String> places, boolean numbers, boolean few)
    implements Serializable {
  /** The most classes that a table may have. */
  public static final int MAX_CLASSES = 10_000;

  private static final Pattern WHOLE = Pattern.compile("\\+?(?<whole>-?[0-9]+)(\\.0+)?");

  /** Of no labels. */
  public static final LabelSurvey NOTHING = new LabelSurvey(Map.of(), true, true);

  /** Collects labels. */
  public static final class Builder {
    private final Map<String, String> labels = new HashMap<>();
    private boolean numbers = true;

    /**
     * Takes in one label.
     *
     * @param where tells the file and the row, for messages
     */
    public void add(String label, boolean number, Supplier<String> where) {
      if (labels.size() <= MAX_CLASSES) {
        numbers &= number;
        labels.computeIfAbsent(className(label), unused -> where.get());
      }
    }

    public LabelSurvey build() {
      boolean few = labels.size() <= MAX_CLASSES;
      return new LabelSurvey(few ? labels : Map.of(), numbers, few);
    }
  }

  /** A label as a class is named: whole numbers without decimals and plus. */
  public static String className(String label) {
    Matcher number = WHOLE.matcher(label);
    return number.matches() ? number.group("whole") : label;
  }

  private Set<String> labels() {
    return places.keySet();
  }

  /** Both together, the other's after these. */
  public LabelSurvey plus(LabelSurvey other) {
    Map<String, String> both = new HashMap<>(other.places);
    both.putAll(places);
    return new LabelSurvey(
        both, numbers && other.numbers, few && other.few && both.size() <= MAX_CLASSES);
  }

  /** The same, with places told otherwise. */
  public LabelSurvey placed(UnaryOperator<String> telling) {
    Map<String, String> told = new HashMap<>();
    places.forEach((label, place) -> told.put(label, telling.apply(place)));
    return new LabelSurvey(told, numbers, few);
  }

  /** Whether the labels are names, or the numbers from 0 or 1 on without gaps, or −1 and 1. */
  private boolean looksLikeClasses() {
    return !numbers || few && !labels().isEmpty() && (isRange(0) || isRange(1) || areSigns());
  }

  /** Whether they are −1 and 1, as many machines learn two classes. */
  private boolean areSigns() {
    return labels().size() == 2 && labels().equals(Set.of("-1", "1"));
  }

  private boolean isRange(int first) {
    return IntStream.range(first, first + labels().size())
        .allMatch(i -> labels().contains(Integer.toString(i)));
  }

  /**
   * The classes that the labels are.
   *
   * @param columns the label columns, for messages
   * @return empty for regression
   * @throws DataError if they have to be classes and cannot
   */
  public Optional<ClassNumbers> classes(DataLocation location, List<String> columns) {
    boolean single = columns.size() == 1;
    boolean wanted =
        location.task() == DataLocation.Task.CLASSIFICATION || location.classNames().isPresent();
    boolean detected = location.task() == DataLocation.Task.DETECT && single && looksLikeClasses();
    if (!wanted && !detected) {
      return Optional.empty();
    }
    String name = DataFiles.name(location.data());
    if (!single) {
      throw new DataError(
          "%s: expected one column with the class, found %d".formatted(name, columns.size()));
    }
    if (few && labels().isEmpty()) {
      throw new DataError("%s: %s: expected labels, found none".formatted(name, columns.get(0)));
    }
    if (!few && location.classNames().isEmpty()) {
      throw new DataError(
          "%s: %s: expected at most %d classes, found more"
              .formatted(name, columns.get(0), MAX_CLASSES));
    }
    return Optional.of(ClassNumbers.of(location.classNames(), places));
  }
}
