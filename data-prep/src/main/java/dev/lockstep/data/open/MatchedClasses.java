package dev.lockstep.data.open;

import dev.lockstep.data.ChangedSource;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Data whose classes a model knows by name, with the model's numbers.
 *
 * @param numbers of each class of the data
 */
record MatchedClasses(DataSource data, Schema schema, int[] numbers) implements ChangedSource {

  /**
   * The data with the classes of a model; as it is, where they are the same. Classes that have no
   * names but their numbers are the model's of these numbers.
   *
   * @param location for messages
   * @throws DataError if there are others
   */
  static DataSource of(DataSource data, List<String> known, String location) {
    List<String> found = data.schema().classNames();
    if (found.equals(known) || found.isEmpty()) {
      return data;
    }
    boolean numbered = found.equals(Schema.numbered(known.size()));
    if (!numbered && !known.containsAll(found)) {
      throw new DataError(
          "%s: expected the classes that the model knows (%s), found %s"
              .formatted(
                  DataFiles.name(location), String.join(", ", known), String.join(", ", found)));
    }
    int[] numbers =
        found.stream()
            .mapToInt(name -> known.contains(name) ? known.indexOf(name) : found.indexOf(name))
            .toArray();
    return new MatchedClasses(data, data.schema().withClassNames(known), numbers);
  }

  @Override
  public JavaRDD<Example> changed(JavaRDD<Example> examples) {
    int[] byNumber = numbers;
    return examples.map(
        example -> {
          float[] target = example.target().clone(); // with its weight, if it has one
          target[0] = byNumber[(int) target[0]];
          return new Example(example.id(), example.features(), target);
        });
  }
}
