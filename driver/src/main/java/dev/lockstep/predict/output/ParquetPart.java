package dev.lockstep.predict.output;

import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PicturePrediction;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Predictions as Parquet, its lists as the format's specification has them. */
final class ParquetPart implements PartWriter {
  private static final MessageType COLUMNS =
      MessageTypeParser.parseMessageType(
          """
          message prediction {
            required binary path (UTF8);
            optional int32 label;
            required int32 prediction;
            required binary class (UTF8);
            required float probability;
            required group top (LIST) { repeated group list { required int32 element; } }
            required group probabilities (LIST) { repeated group list { required float element; } }
            required binary model (UTF8);
          }
          """);

  private final ParquetWriter<Group> writer;
  private final SimpleGroupFactory rows = new SimpleGroupFactory(COLUMNS);
  private final PictureModel model;

  ParquetPart(Path file, Configuration hadoop, PictureModel model) throws IOException {
    this.model = model;
    writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType(COLUMNS)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            // Values that hardly ever come twice.
            .withDictionaryEncoding("path", false)
            .withDictionaryEncoding("probability", false)
            .withDictionaryEncoding("probabilities.list.element", false)
            .build();
  }

  @Override
  public void write(PicturePrediction prediction) throws IOException {
    Group row =
        rows.newGroup()
            .append("path", prediction.file().path())
            .append("prediction", prediction.prediction())
            .append("class", model.classes().get(prediction.prediction()))
            .append("probability", prediction.probability())
            .append("model", model.id());
    if (prediction.file().label() != PictureFile.UNLABELLED) {
      row.append("label", prediction.file().label());
    }
    Group top = row.addGroup("top");
    for (int c : prediction.top()) {
      top.addGroup("list").append("element", c);
    }
    Group probabilities = row.addGroup("probabilities");
    for (float probability : prediction.probabilities()) {
      probabilities.addGroup("list").append("element", probability);
    }
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
