package dev.lockstep.data.recipe;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.recipe.TableRecipe.Made;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns of a table each of several inputs of a network takes, where somebody says it; other
 * columns are passed over.
 *
 * @param columns by input, their names; each once, and at least one
 */
public record InputGroups(List<List<String>> columns) implements Preprocessing {

  public InputGroups {
    columns = columns.stream().map(List::copyOf).toList();
    Set<String> names = new HashSet<>();
    for (List<String> group : columns) {
      for (String name : group) {
        if (name.isBlank() || !names.add(name)) {
          throw new IllegalArgumentException(
              "columns of inputs: expected names, each once, found '%s'".formatted(name));
        }
      }
    }
  }

  /** That of tables, if what is wanted is such. */
  public static Optional<InputGroups> of(Optional<Preprocessing> wanted) {
    return wanted.filter(InputGroups.class::isInstance).map(InputGroups.class::cast);
  }

  /**
   * How these columns become features.
   *
   * @param names of all columns that may be features
   * @param surveys what was seen in each
   * @param table for messages
   * @throws DataError if there is no such column, or none of an input can be used
   */
  public Made recipe(List<String> names, List<ColumnSurvey> surveys, String table) {
    List<ColumnRecipe> recipes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (List<String> group : columns) {
      List<Integer> places = group.stream().map(name -> place(name, names, table)).toList();
      Made own = TableRecipe.of(group, places.stream().map(surveys::get).toList(), table);
      recipes.addAll(own.recipe().columns());
      notes.addAll(own.notes());
      counts.add(own.recipe().columns().size());
    }
    return new Made(new TableRecipe(recipes, counts), notes);
  }

  private static int place(String name, List<String> names, String table) {
    int place = names.indexOf(name);
    if (place < 0) {
      throw new DataError(
          "%s: expected a column '%s' for an input of the network, found %s"
              .formatted(table, name, String.join(", ", names)));
    }
    return place;
  }
}
