package dev.lockstep.data.csv;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A small CSV file, read as a whole by whoever asks. */
public final class CsvTable {
  private static final char ANY = ',';

  private CsvTable() {}

  /**
   * A line that is not blank.
   *
   * @param where the file and the line, for messages
   */
  public record Line(String where, List<String> values) {}

  /**
   * Reads a file.
   *
   * @throws DataError if it is missing, or no CSV file
   */
  public static List<Line> read(String path, Configuration hadoop) {
    List<Line> table = new ArrayList<>();
    try {
      Path file = Locations.of(path, hadoop);
      FileStatus status = file.getFileSystem(hadoop).getFileStatus(file);
      if (status.isDirectory()) {
        throw new DataError(
            "%s: expected a CSV file, found a directory".formatted(DataFiles.name(path)));
      }
      CsvBlock block = CsvBlock.whole(status, hadoop);
      try (CsvLines lines = new CsvLines(block, delimiter(block, hadoop), null, hadoop)) {
        addAll(lines, table);
      }
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(path, e);
    }
    return table;
  }

  private static char delimiter(CsvBlock block, Configuration hadoop) {
    try (CsvLines lines = new CsvLines(block, ANY, null, hadoop)) {
      return lines.next().map(CsvFields::delimiter).orElse(ANY);
    }
  }

  private static void addAll(CsvLines lines, List<Line> table) {
    Optional<String> line = lines.next();
    if (line.isEmpty()) {
      return;
    }
    CsvFields fields = new CsvFields(CsvFields.delimiter(line.get()));
    for (; line.isPresent(); line = lines.next()) {
      table.add(new Line(lines.where(), List.of(fields.split(line.get(), lines.where()))));
    }
  }

  /**
   * Values as float32.
   *
   * @throws DataError if one is no finite number
   */
  public static float[] numbers(String where, List<String> values) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = CsvNumber.parse(values.get(i));
      if (!Float.isFinite(numbers[i])) {
        throw new DataError("%s: expected a number, found '%s'".formatted(where, values.get(i)));
      }
    }
    return numbers;
  }
}
