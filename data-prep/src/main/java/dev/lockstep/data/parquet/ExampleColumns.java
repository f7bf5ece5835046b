package dev.lockstep.data.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import java.io.IOException;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The columns of prepared Parquet files: {@code id int64}; {@code features binary} for bytes or
 * {@code list<float>}, row-major; {@code label int32}, the class number, or {@code targets
 * list<float>}; {@code weight float}, if examples have weights. The rest of the schema is in the
 * footer.
 */
final class ExampleColumns {
  static final String ID = "id";
  static final String FEATURES = "features";
  static final String LABEL = "label";
  static final String TARGETS = "targets";
  static final String WEIGHT = "weight";

  /** The footer's entry with the {@link Schema} as JSON. */
  static final String SCHEMA = "lockstep.schema";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ExampleColumns() {}

  static MessageType of(Schema schema) {
    Type features =
        schema.featureType() == FeatureType.UINT8
            ? Types.required(BINARY).named(FEATURES)
            : floats(FEATURES);
    Type target = schema.classes() > 0 ? Types.required(INT32).named(LABEL) : floats(TARGETS);
    return schema.weighted()
        ? new MessageType(
            "example",
            Types.required(INT64).named(ID),
            features,
            target,
            Types.required(FLOAT).named(WEIGHT))
        : new MessageType("example", Types.required(INT64).named(ID), features, target);
  }

  private static Type floats(String name) {
    return Types.requiredList().requiredElement(FLOAT).named(name);
  }

  static String toJson(Schema schema) {
    try {
      return JSON.writeValueAsString(schema);
    } catch (IOException e) {
      throw new IllegalStateException("a schema is always valid JSON", e);
    }
  }

  static Schema fromJson(String json) throws IOException {
    return JSON.readValue(json, Schema.class);
  }
}
