package dev.lockstep.predict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** One line of a prediction's output. */
final class PicturePrediction {
  /** {@code reason} is null for what was predicted, all after {@code path} for what was not. */
  static final StructType COLUMNS =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("prediction", DataTypes.IntegerType)
          .add("probability", DataTypes.FloatType)
          .add("top", DataTypes.createArrayType(DataTypes.IntegerType))
          .add("probabilities", DataTypes.createArrayType(DataTypes.FloatType))
          .add("model", DataTypes.StringType)
          .add("reason", DataTypes.StringType);

  private PicturePrediction() {}

  /**
   * A picture that was predicted.
   *
   * @param output float32 [rows, classes]
   * @param top how many of the most probable classes to name
   */
  static Row of(String path, PictureModel model, float[] output, int row, int top) {
    List<Float> probabilities =
        IntStream.range(0, model.classes())
            .mapToObj(c -> output[row * model.classes() + c])
            .toList();
    List<Integer> likely =
        IntStream.range(0, model.classes())
            .boxed()
            .sorted(Comparator.comparing(probabilities::get).reversed())
            .limit(top)
            .toList();
    int best = likely.get(0);
    return RowFactory.create(
        path,
        best,
        probabilities.get(best),
        likely.toArray(),
        probabilities.toArray(),
        model.id(),
        null);
  }

  /** A picture that could not be. */
  static Row quarantined(String path, String reason) {
    return RowFactory.create(path, null, null, null, null, null, reason);
  }
}
