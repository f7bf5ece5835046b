package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Files of a table that is stored in folders by its values, as Hive and Spark's {@code partitionBy}
 * write it: {@code label=3/part-00000.parquet}.
 */
final class Partitions {
  private static final Pattern NAME = Pattern.compile("(?<column>[^=/]+)=(?<value>.*)");
  private static final String NOTHING = "__HIVE_DEFAULT_PARTITION__";

  private Partitions() {}

  /**
   * Whether there are only folders that are named by one column and its values, and Parquet files
   * are in them: folders of pictures may be named so too.
   */
  static boolean matches(DataFiles files) {
    List<String> columns = files.folders().stream().map(Partitions::column).distinct().toList();
    return files.files().isEmpty()
        && columns.size() == 1
        && !columns.get(0).isEmpty()
        && holdsParquet(files.folders().get(0));
  }

  private static boolean holdsParquet(FileStatus folder) {
    DataFiles inside = DataFiles.list(folder.getPath().toString(), SparkHadoopUtil.get().conf());
    return inside.files().isEmpty()
        ? holdsParquet(inside.folders().get(0))
        : new String(inside.head(), StandardCharsets.ISO_8859_1).startsWith(ParquetFormat.MAGIC)
            || inside.files().get(0).getPath().getName().endsWith(ParquetFormat.EXTENSION);
  }

  private static String column(FileStatus folder) {
    Matcher name = NAME.matcher(folder.getPath().getName());
    return name.matches() ? name.group("column") : "";
  }

  /**
   * All files below, by their paths.
   *
   * @throws DataError if there are none
   */
  static List<FileStatus> files(DataFiles root, Configuration hadoop) {
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus folder : root.folders()) {
      DataFiles inside = DataFiles.list(folder.getPath().toString(), hadoop);
      found.addAll(inside.files());
      if (inside.files().isEmpty()) {
        found.addAll(files(inside, hadoop));
      }
    }
    return found;
  }

  /**
   * The columns that the folders say, with their values, outermost first; null for none.
   *
   * @param path of a file
   * @param root of the table
   */
  static Map<String, String> values(Path path, Path root) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Path folder = path.getParent();
        folder != null && folder.depth() > root.depth();
        folder = folder.getParent()) {
      Matcher name = NAME.matcher(folder.getName());
      if (name.matches()) {
        String value = decoded(name.group("value"));
        values.put(decoded(name.group("column")), value.equals(NOTHING) ? null : value);
      }
    }
    Map<String, String> outermostFirst = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>(values.keySet());
    for (int i = columns.size() - 1; i >= 0; i--) {
      outermostFirst.put(columns.get(i), values.get(columns.get(i)));
    }
    return outermostFirst;
  }

  /** Spark writes signs that paths give a meaning to as %3A; a plus means itself. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
