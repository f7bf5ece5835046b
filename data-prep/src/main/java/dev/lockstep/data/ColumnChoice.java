package dev.lockstep.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which columns of a table are read as features, and what of the others is told.
 *
 * @param chosen their names, in the table's order
 * @param notes what was left out without anybody having said so, one line each
 */
public record ColumnChoice(List<String> chosen, List<String> notes) {
  /** How pandas stores the index of a table. */
  private static final Pattern PANDAS_INDEX = Pattern.compile("__index_level_\\d+__");

  /**
   * All columns but those that the location ignores, those that its model does not know, if it has
   * all that the model does know, and an index of pandas.
   *
   * @param features the columns that are no labels
   * @throws DataError if there is no column of a name that is to be ignored
   */
  public static ColumnChoice of(List<String> features, DataLocation location) {
    String file = DataFiles.name(location.data());
    List<String> ignored = location.ignored();
    ignored.stream()
        .filter(name -> !features.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new DataError(
                  "%s: expected a column '%s' to be ignored, found %s"
                      .formatted(file, name, String.join(", ", features)));
            });
    List<String> chosen = new ArrayList<>(features);
    chosen.removeAll(ignored);
    List<String> notes = new ArrayList<>();
    Optional<List<String>> known = location.columns();
    List<String> unknown =
        known.filter(chosen::containsAll).isPresent()
            ? chosen.stream().filter(name -> !known.get().contains(name)).toList()
            : List.of();
    if (!unknown.isEmpty()) {
      notes.add(
          "%s: left out what the model does not know: %s"
              .formatted(file, String.join(", ", unknown)));
      chosen.removeAll(unknown);
    }
    List<String> indexes =
        chosen.stream()
            .filter(name -> PANDAS_INDEX.matcher(name).matches() && known.isEmpty())
            .toList();
    if (!indexes.isEmpty() && indexes.size() < chosen.size()) {
      notes.add("%s: left out the index %s".formatted(file, String.join(", ", indexes)));
      chosen.removeAll(indexes);
    }
    return new ColumnChoice(List.copyOf(chosen), List.copyOf(notes));
  }
}
