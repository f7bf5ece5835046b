package dev.lockstep.predict.output;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PicturePrediction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Predictions as CSV. */
final class CsvPart implements PartWriter {
  private final CsvWriter out;
  private final PictureModel model;

  CsvPart(Path file, Configuration hadoop, PictureModel model) throws IOException {
    this.model = model;
    out =
        open(
            file,
            hadoop,
            "path",
            "label",
            "prediction",
            "class",
            "probability",
            "top",
            "probabilities",
            "model");
  }

  /** Starts a file with a header, as RFC 4180 describes it, but with lines that end in LF. */
  static CsvWriter open(Path file, Configuration hadoop, String... header) throws IOException {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    CsvWriter writer =
        new CsvWriter(file.getFileSystem(hadoop).create(file), StandardCharsets.UTF_8, settings);
    writer.writeHeaders(header);
    return writer;
  }

  @Override
  public void write(PicturePrediction prediction) {
    int label = prediction.file().label();
    float[] probabilities = prediction.probabilities();
    out.writeRow(
        prediction.file().path(),
        label == PictureFile.UNLABELLED ? null : label,
        prediction.prediction(),
        model.classes().get(prediction.prediction()),
        prediction.probability(),
        joined(Arrays.stream(prediction.top()).mapToObj(String::valueOf)),
        joined(IntStream.range(0, probabilities.length).mapToObj(c -> "" + probabilities[c])),
        model.id());
  }

  private static String joined(Stream<String> values) {
    return values.collect(Collectors.joining(";"));
  }

  @Override
  public void close() {
    out.close();
  }
}
