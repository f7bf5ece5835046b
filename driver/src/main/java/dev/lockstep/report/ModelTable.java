package dev.lockstep.report;

import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.NetworkOutline.Node;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A network as text: its layers, and their parameters with shapes and values. */
public final class ModelTable {
  private static final List<String> HEAD =
      List.of("layer", "type", "parameter", "shape", "count", "values");
  private static final int FEW = 12;

  private final float[] values;
  private final List<List<String>> rows = new ArrayList<>(List.of(HEAD));

  private ModelTable(float[] values) {
    this.values = values;
  }

  /**
   * One line a parameter, and one for a layer that has none.
   *
   * @param values all parameters, in the order of the outline
   */
  public static String of(NetworkOutline network, float[] values) {
    ModelTable table = new ModelTable(values);
    network.nodes().forEach(table::add);
    return table.text();
  }

  private void add(Node node) {
    String name = node.name() + node.title().map(title -> " " + title).orElse("");
    String kind = node.kind() + node.activation().map(activation -> " " + activation).orElse("");
    if (node.parameters().isEmpty()) {
      rows.add(List.of(name, kind, "", "", "", ""));
    }
    for (Parameter parameter : node.parameters()) {
      rows.add(
          List.of(
              name,
              kind,
              parameter.name(),
              parameter.shape().toString(),
              Figures.count(parameter.length()),
              valuesOf(parameter)));
      name = "";
      kind = "";
    }
  }

  private String valuesOf(Parameter parameter) {
    float[] own =
        Arrays.copyOfRange(values, parameter.offset(), parameter.offset() + parameter.length());
    if (own.length <= FEW) {
      return IntStream.range(0, own.length)
          .mapToObj(i -> Figures.quantity(own[i]))
          .collect(Collectors.joining(" "));
    }
    Arrays.sort(own);
    return "%s to %s".formatted(Figures.quantity(own[0]), Figures.quantity(own[own.length - 1]));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(("%-" + width(column) + "s  ").formatted(row.get(column)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }
}
