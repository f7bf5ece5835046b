package dev.lockstep.data;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Examples as rows of a DataFrame. */
final class ExampleRows {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

  private ExampleRows() {}

  static Dataset<Row> of(DataSource source, SparkSession spark) {
    Schema schema = source.schema();
    if (schema.coding() == ClassCoding.EACH_STEP) {
      throw new DataError("sequences with a class at each step have no form as rows");
    }
    boolean classification = schema.classes() > 0;
    return spark.createDataFrame(
        source
            .scan(JavaSparkContext.fromSparkContext(spark.sparkContext()))
            .map(example -> row(example, classification)),
        columns(schema));
  }

  private static StructType columns(Schema schema) {
    StructType columns =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add(
                "features",
                schema.featureType() == Schema.FeatureType.UINT8 ? DataTypes.BinaryType : FLOATS,
                false);
    return schema.classes() > 0
        ? columns.add("label", DataTypes.IntegerType, false)
        : columns.add("targets", FLOATS, false);
  }

  private static Row row(Example example, boolean classification) {
    Object features =
        example.features() instanceof Values.Floats floats
            ? boxed(floats.values())
            : ((Values.Bytes) example.features()).values();
    return RowFactory.create(
        example.id(),
        features,
        classification ? (Object) (int) example.target()[0] : boxed(example.target()));
  }

  private static Object boxed(float[] values) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return boxed.toArray();
  }
}
