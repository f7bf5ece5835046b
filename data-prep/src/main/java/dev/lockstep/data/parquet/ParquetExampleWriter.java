package dev.lockstep.data.parquet;

import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Values;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes examples to a Parquet file, with checksums; the same bytes for the same examples. */
public final class ParquetExampleWriter {
  /** Small, so that a task that begins in the middle of a file has little to pass over. */
  private static final long ROW_GROUP_BYTES = 8 << 20;

  private ParquetExampleWriter() {}

  /** Begins a file. */
  public static ParquetWriter<Example> open(Path file, Configuration hadoop, Schema schema)
      throws IOException {
    return new Builder(new OrderedFooter(HadoopOutputFile.fromPath(file, hadoop)), schema)
        .withConf(hadoop)
        .withRowGroupSize(ROW_GROUP_BYTES)
        .withCompressionCodec(CompressionCodecName.SNAPPY)
        // Features hardly ever repeat.
        .withDictionaryEncoding(ExampleColumns.FEATURES, false)
        .withPageWriteChecksumEnabled(true)
        .build();
  }

  private static final class Builder extends ParquetWriter.Builder<Example, Builder> {
    private final Schema schema;

    Builder(OutputFile file, Schema schema) {
      super(file);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // Spark 3.5's Parquet has no other.
    protected WriteSupport<Example> getWriteSupport(Configuration hadoop) {
      return new ExampleWriteSupport(schema);
    }
  }

  private static final class ExampleWriteSupport extends WriteSupport<Example> {
    private final Schema schema;
    private RecordConsumer out;

    ExampleWriteSupport(Schema schema) {
      this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration hadoop) {
      return new WriteContext(
          ExampleColumns.of(schema), Map.of(ExampleColumns.SCHEMA, ExampleColumns.toJson(schema)));
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(Example example) {
      out.startMessage();
      field(ExampleColumns.ID, 0, () -> out.addLong(example.id()));
      field(ExampleColumns.FEATURES, 1, () -> features(example.features()));
      if (schema.classes() > 0) {
        field(ExampleColumns.LABEL, 2, () -> out.addInteger((int) example.target()[0]));
      } else {
        field(
            ExampleColumns.TARGETS,
            2,
            () -> floats(Arrays.copyOf(example.target(), schema.targets())));
      }
      if (schema.weighted()) {
        float weight = example.target()[schema.targetWidth() - 1];
        field(ExampleColumns.WEIGHT, 3, () -> out.addFloat(weight));
      }
      out.endMessage();
    }

    private void features(Values features) {
      if (features instanceof Values.Bytes bytes) {
        out.addBinary(Binary.fromConstantByteArray(bytes.values()));
      } else if (features instanceof Values.Floats floats) {
        floats(floats.values());
      }
    }

    private void floats(float[] values) {
      out.startGroup();
      field(
          "list",
          0,
          () -> {
            for (float value : values) {
              out.startGroup();
              field("element", 0, () -> out.addFloat(value));
              out.endGroup();
            }
          });
      out.endGroup();
    }

    private void field(String name, int index, Runnable content) {
      out.startField(name, index);
      content.run();
      out.endField(name, index);
    }
  }
}
