package dev.lockstep.predict.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Predictions as one JSON object a line, without what a row has not. */
final class JsonPart implements PartWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonGenerator out;
  private final List<OutputColumn> columns;

  JsonPart(Path file, Configuration hadoop, List<OutputColumn> columns) throws IOException {
    this.columns = columns;
    out = JSON.createGenerator((OutputStream) file.getFileSystem(hadoop).create(file));
    out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  @Override
  public void write(Object... values) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        out.writeFieldName(columns.get(i).name());
        out.writePOJO(values[i]);
      }
    }
    out.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    out.writeRaw('\n');
    out.close();
  }
}
