package dev.lockstep.data.open;

import dev.lockstep.data.ChangedSource;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Values;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Data whose columns a model knows by name, brought to the model's order.
 *
 * @param chosen the position in the data of each column of the model
 * @param notes of the data, and what was done
 */
record MatchedColumns(DataSource data, Schema schema, int[] chosen, List<String> notes)
    implements ChangedSource {

  /**
   * The data with the columns of a model; as it is, where they are the same.
   *
   * @param location for messages
   * @throws DataError if a column is missing
   */
  static DataSource of(DataSource data, List<String> wanted, String location) {
    List<String> found = data.schema().columns();
    if (found.equals(wanted)) {
      return data;
    }
    List<String> notes = new ArrayList<>(data.notes());
    if (found.isEmpty()) {
      notes.add(
          "%s does not name its columns: they are taken to be %s"
              .formatted(DataFiles.name(location), String.join(", ", wanted)));
      return data.schema().featureLength() == wanted.size()
              && data.schema().featureShape().size() == 1
          ? new MatchedColumns(
              data, data.schema().withColumns(wanted), positions(wanted, wanted), notes)
          : data;
    }
    List<String> missing = without(wanted, found);
    List<String> additional = without(found, wanted);
    if (!missing.isEmpty()) {
      throw new DataError(
          "%s: expected the columns that the model knows, without %s%s: name them as in training"
              .formatted(
                  DataFiles.name(location),
                  String.join(", ", missing),
                  additional.isEmpty() ? "" : ", found " + String.join(", ", additional)));
    }
    if (!additional.isEmpty()) {
      notes.add(
          "%s: left out what the model does not know: %s"
              .formatted(DataFiles.name(location), String.join(", ", additional)));
    } else {
      notes.add("%s: columns put in the model's order".formatted(DataFiles.name(location)));
    }
    return new MatchedColumns(
        data, data.schema().withColumns(wanted), positions(wanted, found), notes);
  }

  private static List<String> without(List<String> names, List<String> others) {
    return names.stream().filter(name -> !others.contains(name)).toList();
  }

  private static int[] positions(List<String> wanted, List<String> found) {
    return wanted.stream().mapToInt(found::indexOf).toArray();
  }

  @Override
  public JavaRDD<Example> changed(JavaRDD<Example> examples) {
    int[] columns = chosen;
    return examples.map(
        example ->
            new Example(example.id(), select(example.features(), columns), example.target()));
  }

  private static Values select(Values features, int[] columns) {
    if (features instanceof Values.Bytes bytes) {
      byte[] selected = new byte[columns.length];
      for (int i = 0; i < columns.length; i++) {
        selected[i] = bytes.values()[columns[i]];
      }
      return new Values.Bytes(selected);
    }
    float[] values = ((Values.Floats) features).values();
    float[] selected = new float[columns.length];
    for (int i = 0; i < columns.length; i++) {
      selected[i] = values[columns[i]];
    }
    return new Values.Floats(selected);
  }
}
