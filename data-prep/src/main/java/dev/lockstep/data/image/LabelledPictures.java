package dev.lockstep.data.image;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.Locations;
import dev.lockstep.data.Reject;
import dev.lockstep.data.csv.CsvTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Pictures in one folder, with a CSV file that says of each its class, or the numbers to predict.
 * Its first line may name the columns.
 */
final class LabelledPictures {
  private final String folder;
  private final String labels;
  private final List<LabelledPicture> files = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();

  private LabelledPictures(String folder, String labels) {
    this.folder = folder;
    this.labels = labels;
  }

  /**
   * Matches the files and the lines.
   *
   * @throws DataError if the labels cannot be read, or say two things of one picture
   */
  static PictureList list(DataLocation location, Configuration hadoop) {
    String labels = location.labels().orElseThrow();
    Map<String, CsvTable.Line> lines = byName(CsvTable.read(labels, hadoop));
    boolean regression = location.task().isOfValues();
    int columns = regression ? widest(lines) : 2;
    ClassNumbers classes =
        ClassNumbers.of(
            location.classNames(),
            lines.values().stream()
                .filter(line -> line.values().size() > 1)
                .map(line -> line.values().get(1))
                .toList());
    String folder = Locations.of(location.data(), hadoop).toString();
    FolderContent.Listing content = content(folder, hadoop);
    LabelledPictures pictures = new LabelledPictures(folder, labels);
    pictures.match(
        lines,
        content.entries(),
        line -> {
          if (line.values().size() != columns) {
            throw new DataError(
                "%s: expected %d values, found %d"
                    .formatted(line.where(), columns, line.values().size()));
          }
          return regression
              ? CsvTable.numbers(line.where(), line.values().subList(1, columns))
              : new float[] {classes.number(line.values().get(1), line.where())};
        });
    return new PictureList(
        List.of(location.data(), labels),
        pictures.files,
        pictures.rejects,
        content.leftovers(),
        regression ? List.of() : classes.names(),
        regression ? columns - 1 : 0);
  }

  private static FolderContent.Listing content(String folder, Configuration hadoop) {
    try {
      return FolderContent.list(folder, hadoop);
    } catch (IOException e) {
      throw DataFiles.unreadable(folder, e);
    }
  }

  private static Map<String, CsvTable.Line> byName(List<CsvTable.Line> table) {
    Map<String, CsvTable.Line> lines = new LinkedHashMap<>();
    for (CsvTable.Line line : table) {
      String name = line.values().get(0);
      boolean header = lines.isEmpty() && line == table.get(0) && !PictureNames.isPicture(name);
      if (!header && lines.put(name, line) != null) {
        throw new DataError(
            "%s: expected each picture once, found %s again".formatted(line.where(), name));
      }
    }
    return lines;
  }

  private static int widest(Map<String, CsvTable.Line> lines) {
    return lines.values().stream().mapToInt(line -> line.values().size()).max().orElse(0);
  }

  /** What a line says of a picture. */
  private interface Meaning {
    float[] target(CsvTable.Line line);
  }

  private void match(
      Map<String, CsvTable.Line> lines, List<FolderContent.Entry> entries, Meaning meaning) {
    String own = labels.substring(labels.lastIndexOf(Path.SEPARATOR_CHAR) + 1);
    for (FolderContent.Entry entry : entries) {
      CsvTable.Line line = lines.remove(entry.name());
      if (entry.fault() != null) {
        if (!entry.name().equals(own)) {
          reject(entry.name(), entry.fault());
        }
      } else if (line == null) {
        reject(entry.name(), "has no label in " + DataFiles.name(labels));
      } else {
        files.add(new LabelledPicture(folder, entry.name(), entry.length(), meaning.target(line)));
      }
    }
    lines.keySet().forEach(name -> reject(name, "is labelled, but no such file"));
  }

  private void reject(String name, String reason) {
    rejects.add(new Reject(DataFiles.name(folder + Path.SEPARATOR + name), reason));
  }
}
