package dev.lockstep.table;

import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.List;
import java.util.Optional;

/**
 * A network with several inputs takes a column of a table with each, in their order, or as many as
 * a recipe says.
 */
public final class InputColumns {
  private InputColumns() {}

  /**
   * Complains about a network with several inputs if there are not as many columns.
   *
   * @throws ModelError naming the inputs
   */
  public static void expect(NetworkDefinition network, int columns) {
    List<String> inputs = network.inputs();
    if (inputs.size() > 1 && inputs.size() != columns) {
      throw new ModelError(
          "the network has the inputs %s: expected a column of features for each, in this order, found %d"
              .formatted(String.join(", ", inputs), columns));
    }
  }

  /**
   * Where the features of each input are in an example.
   *
   * @param recipe by which columns become features; none of one column
   * @return empty for a network with one input, which takes all
   * @throws ModelError as {@link #expect}
   */
  public static Optional<ExampleLayout> layout(
      NetworkDefinition network, Optional<TableRecipe> recipe, int labelLength) {
    List<Integer> widths = recipe.map(TableRecipe::inputWidths).orElse(List.of());
    expect(network, Math.max(1, widths.size()));
    return network.inputs().size() == 1
        ? Optional.empty()
        : Optional.of(ExampleLayout.ofInputs(labelLength, widths));
  }
}
