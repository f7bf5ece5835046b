package dev.lockstep.predict.output;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Predictions as CSV. */
final class CsvPart implements PartWriter {
  private final CsvWriter out;

  CsvPart(Path file, Configuration hadoop, List<OutputColumn> columns) throws IOException {
    out = open(file, hadoop, columns.stream().map(OutputColumn::name).toArray(String[]::new));
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
  public void write(Object... values) {
    Object[] row = new Object[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = written(values[i]);
    }
    out.writeRow(row);
  }

  private static Object written(Object value) {
    if (value instanceof float[] numbers) {
      return joined(IntStream.range(0, numbers.length).mapToObj(i -> "" + numbers[i]));
    }
    if (value instanceof int[] numbers) {
      return joined(Arrays.stream(numbers).mapToObj(String::valueOf));
    }
    return value instanceof List<?> texts ? joined(texts.stream().map(String::valueOf)) : value;
  }

  private static String joined(Stream<String> values) {
    return values.collect(Collectors.joining(";"));
  }

  @Override
  public void close() {
    out.close();
  }
}
