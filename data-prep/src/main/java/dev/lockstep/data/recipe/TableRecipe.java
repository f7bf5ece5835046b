package dev.lockstep.data.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.lockstep.data.DataError;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.recipe.ColumnRecipe.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How the columns of a table become features: those of the first column, then those of the second,
 * and so on.
 *
 * @param inputs how many columns each of several inputs of a network takes, one after the other;
 *     none where each takes one, or one takes all
 */
public record TableRecipe(
    List<ColumnRecipe> columns, @JsonInclude(Include.NON_EMPTY) List<Integer> inputs)
    implements Preprocessing {

  public TableRecipe {
    columns = List.copyOf(columns);
    inputs = inputs == null ? List.of() : List.copyOf(inputs); // JSON has none where none are
  }

  /** For one input, or inputs that take a column each. */
  public TableRecipe(List<ColumnRecipe> columns) {
    this(columns, List.of());
  }

  /**
   * What was made of the columns of training data.
   *
   * @param notes what was left out and why, one line each
   */
  public record Made(TableRecipe recipe, List<String> notes) {}

  /** Values of a row, by column. */
  public interface RowValues {
    /** The number in a column; NaN if there is none. */
    float number(int column) throws UnusableValue;

    /** The text in a column; null if there is none. */
    String text(int column);
  }

  /**
   * Of what was seen in columns.
   *
   * @param names of the columns
   * @param table for messages
   * @throws DataError if none of them can be used
   */
  public static Made of(List<String> names, List<ColumnSurvey> surveys, String table) {
    List<ColumnRecipe> recipes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      surveys.get(i).recipe(name).ifPresent(recipes::add);
      surveys
          .get(i)
          .refusal()
          .ifPresent(why -> notes.add("%s: column %s is left out: %s".formatted(table, name, why)));
    }
    if (recipes.isEmpty()) {
      throw new DataError(
          "%s: no column can be used: %s: %s"
              .formatted(table, names.get(0), surveys.get(0).refusal().orElseThrow()));
    }
    return new Made(new TableRecipe(recipes), notes);
  }

  /** That of tables, if what was found is such. */
  public static Optional<TableRecipe> of(Optional<Preprocessing> found) {
    return found.filter(TableRecipe.class::isInstance).map(TableRecipe.class::cast);
  }

  /** Whether all columns are numbers without gaps, for one input, which need no recipe. */
  @JsonIgnore
  public boolean isPlain() {
    return inputs.isEmpty() && columns.stream().allMatch(ColumnRecipe::isPlain);
  }

  /** The columns' names. */
  public List<String> names() {
    return columns.stream().map(ColumnRecipe::name).toList();
  }

  /** What the features are called, in their order. */
  public List<String> features() {
    return columns.stream().flatMap(column -> column.features().stream()).toList();
  }

  /** How many features each input of a network takes that has several. */
  public List<Integer> inputWidths() {
    List<Integer> widths = columns.stream().map(ColumnRecipe::width).toList();
    if (inputs.isEmpty()) {
      return widths;
    }
    List<Integer> sums = new ArrayList<>();
    int from = 0;
    for (int count : inputs) {
      sums.add(widths.subList(from, from + count).stream().mapToInt(Integer::intValue).sum());
      from += count;
    }
    return sums;
  }

  /** How many features. */
  public int width() {
    return columns.stream().mapToInt(ColumnRecipe::width).sum();
  }

  /**
   * Puts the features of a row.
   *
   * @param features receives {@link #width} values from {@code from} on
   * @throws UnusableValue naming the column
   */
  public void put(RowValues row, float[] features, int from) throws UnusableValue {
    Arrays.fill(features, from, from + width(), 0);
    int at = from;
    for (int i = 0; i < columns.size(); i++) {
      ColumnRecipe column = columns.get(i);
      try {
        if (column.kind() == Kind.TEXTS) {
          column.put(row.text(i), features, at);
        } else {
          column.put(row.number(i), features, at);
        }
      } catch (UnusableValue e) {
        throw new UnusableValue("column %s: %s".formatted(column.name(), e.getMessage()));
      }
      at += column.width();
    }
  }

  /** A value that is no number where one is expected. */
  public static UnusableValue notANumber(String found) {
    return new UnusableValue("expected a number, found '%s'".formatted(found));
  }
}
