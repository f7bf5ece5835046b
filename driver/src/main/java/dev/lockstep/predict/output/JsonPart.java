package dev.lockstep.predict.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PicturePrediction;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Predictions as one JSON object a line. */
final class JsonPart implements PartWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonGenerator out;
  private final PictureModel model;

  JsonPart(Path file, Configuration hadoop, PictureModel model) throws IOException {
    this.model = model;
    out = JSON.createGenerator((OutputStream) file.getFileSystem(hadoop).create(file));
    out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  @Override
  public void write(PicturePrediction prediction) throws IOException {
    out.writeStartObject();
    out.writeStringField("path", prediction.file().path());
    if (prediction.file().label() != PictureFile.UNLABELLED) {
      out.writeNumberField("label", prediction.file().label());
    }
    out.writeNumberField("prediction", prediction.prediction());
    out.writeStringField("class", model.classes().get(prediction.prediction()));
    out.writeNumberField("probability", prediction.probability());
    out.writeFieldName("top");
    out.writeArray(prediction.top(), 0, prediction.top().length);
    out.writeArrayFieldStart("probabilities");
    for (float probability : prediction.probabilities()) {
      out.writeNumber(probability);
    }
    out.writeEndArray();
    out.writeStringField("model", model.id());
    out.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    out.writeRaw('\n');
    out.close();
  }
}
