package dev.lockstep.predict;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** In which form predictions are written. */
public enum OutputFormat {
  PARQUET,
  /** One JSON object a line. */
  JSON,
  /** With a header; lists are joined by semicolons. */
  CSV;

  /** As Spark calls it. */
  String sparkName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What can be written in this form. */
  Dataset<Row> prepare(Dataset<Row> rows) {
    return this == CSV
        ? rows.withColumn("top", joined("top")).withColumn("probabilities", joined("probabilities"))
        : rows;
  }

  private static Column joined(String column) {
    return concat_ws(";", col(column).cast("array<string>"));
  }
}
