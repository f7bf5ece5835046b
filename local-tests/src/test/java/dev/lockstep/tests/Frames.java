package dev.lockstep.tests;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Values;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Data sets as tables of vectors: id, features, label. */
final class Frames {
  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType);

  private Frames() {}

  static SparkSession session(JavaSparkContext spark) {
    return SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
  }

  /** Pixels are brought to 0..1 as training from files does, in float32. */
  static Dataset<Row> of(JavaSparkContext spark, DataSource data) {
    return session(spark).createDataFrame(data.load(spark, 2).map(Frames::row), COLUMNS);
  }

  private static Row row(Example example) {
    double[] values = new double[example.features().length()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          example.features() instanceof Values.Bytes pixels
              ? (pixels.values()[i] & 0xff) * (1f / 255f)
              : ((Values.Floats) example.features()).values()[i];
    }
    return RowFactory.create(example.id(), Vectors.dense(values), (double) example.target()[0]);
  }
}
