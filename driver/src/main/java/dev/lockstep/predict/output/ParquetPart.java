package dev.lockstep.predict.output;

import dev.lockstep.predict.output.OutputColumn.Presence;
import dev.lockstep.predict.output.OutputColumn.Values;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Predictions as Parquet, its lists as the format's specification has them. */
final class ParquetPart implements PartWriter {
  private final ParquetWriter<Group> writer;
  private final SimpleGroupFactory rows;

  ParquetPart(Path file, Configuration hadoop, List<OutputColumn> columns) throws IOException {
    MessageType type =
        new MessageType("prediction", columns.stream().map(ParquetPart::type).toList());
    rows = new SimpleGroupFactory(type);
    ExampleParquetWriter.Builder builder =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType(type)
            .withCompressionCodec(CompressionCodecName.SNAPPY);
    columns.stream()
        .filter(column -> column.values() == Values.VARIOUS)
        .forEach(
            column ->
                builder.withDictionaryEncoding(
                    isList(column) ? column.name() + ".list.element" : column.name(), false));
    writer = builder.build();
  }

  private static boolean isList(OutputColumn column) {
    return switch (column.kind()) {
      case TEXTS, INTS, FLOATS -> true;
      default -> false;
    };
  }

  private static Type type(OutputColumn column) {
    Repetition repetition =
        column.presence() == Presence.REQUIRED ? Repetition.REQUIRED : Repetition.OPTIONAL;
    return switch (column.kind()) {
      case TEXT -> text(repetition, column.name());
      case INT -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(column.name());
      case WHOLE -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(column.name());
      case FLOAT -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(column.name());
      case NUMBER -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(column.name());
      case TRUTH -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(column.name());
      case TEXTS -> list(repetition, text(Repetition.REQUIRED, "element"), column.name());
      case INTS -> list(repetition, element(PrimitiveTypeName.INT32), column.name());
      case FLOATS -> list(repetition, element(PrimitiveTypeName.FLOAT), column.name());
    };
  }

  private static Type text(Repetition repetition, String name) {
    return Types.primitive(PrimitiveTypeName.BINARY, repetition)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  private static Type element(PrimitiveTypeName kind) {
    return Types.required(kind).named("element");
  }

  private static Type list(Repetition repetition, Type element, String name) {
    return Types.list(repetition).element(element).named(name);
  }

  @Override
  public void write(Object... values) throws IOException {
    Group row = rows.newGroup();
    for (int i = 0; i < values.length; i++) {
      add(row, i, values[i]);
    }
    writer.write(row);
  }

  private static void add(Group row, int column, Object value) {
    if (value instanceof String text) {
      row.add(column, text);
    } else if (value instanceof Integer number) {
      row.add(column, number);
    } else if (value instanceof Long number) {
      row.add(column, number);
    } else if (value instanceof Float number) {
      row.add(column, number);
    } else if (value instanceof Double number) {
      row.add(column, number);
    } else if (value instanceof Boolean truth) {
      row.add(column, truth);
    } else if (value instanceof List<?> texts) {
      Group list = row.addGroup(column);
      texts.forEach(text -> list.addGroup(0).add(0, (String) text));
    } else if (value instanceof int[] numbers) {
      Group list = row.addGroup(column);
      for (int number : numbers) {
        list.addGroup(0).add(0, number);
      }
    } else if (value instanceof float[] numbers) {
      Group list = row.addGroup(column);
      for (float number : numbers) {
        list.addGroup(0).add(0, number);
      }
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
