package dev.lockstep.data.open;

import dev.lockstep.data.ChangedSource;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Values;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * Pictures that are stored column by column, turned upright.
 *
 * @param schema with height and width as they are after it
 * @param height how many rows pictures then have
 * @param width how many columns
 */
record Transposed(DataSource data, Schema schema, int height, int width) implements ChangedSource {

  /**
   * The data with rows and columns exchanged.
   *
   * @param location for messages
   * @throws DataError if its examples are no pictures: neither of two dimensions nor rows of as
   *     many values as a square picture has
   */
  static DataSource of(DataSource data, String location) {
    List<Integer> shape = data.schema().featureShape();
    int side = (int) Math.sqrt(data.schema().featureLength());
    if (shape.size() == 2) {
      int height = shape.get(1);
      int width = shape.get(0);
      return new Transposed(data, data.schema().withShape(List.of(height, width)), height, width);
    }
    if (shape.size() == 1 && side * side == shape.get(0)) {
      return new Transposed(data, data.schema(), side, side);
    }
    throw new DataError(
        "%s: --transposed is of pictures of one channel, found examples of %s: leave it out"
            .formatted(DataFiles.name(location), shape));
  }

  /**
   * The data with channels before rows and columns, as networks usually take them.
   *
   * @param data of [height, width, channels]
   */
  static DataSource planar(DataSource data) {
    List<Integer> shape = data.schema().featureShape();
    int channels = shape.get(2);
    return new Transposed(
        data,
        data.schema().withShape(List.of(channels, shape.get(0), shape.get(1))),
        channels,
        shape.get(0) * shape.get(1));
  }

  @Override
  public JavaRDD<Example> changed(JavaRDD<Example> examples) {
    int rows = height;
    int columns = width;
    return examples.map(
        example ->
            new Example(
                example.id(), upright(example.features(), rows, columns), example.target()));
  }

  private static Values upright(Values features, int rows, int columns) {
    if (features instanceof Values.Bytes stored) {
      byte[] turned = new byte[rows * columns];
      for (int i = 0; i < turned.length; i++) {
        turned[i] = stored.values()[i % columns * rows + i / columns];
      }
      return new Values.Bytes(turned);
    }
    float[] stored = ((Values.Floats) features).values();
    float[] turned = new float[rows * columns];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = stored[i % columns * rows + i / columns];
    }
    return new Values.Floats(turned);
  }

  /** It would be of pictures as they are stored. */
  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }
}
