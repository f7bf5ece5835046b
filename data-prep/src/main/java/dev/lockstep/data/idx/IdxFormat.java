package dev.lockstep.data.idx;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;

/** IDX files, by their first two bytes; or by their names, so that damage is told as such. */
public final class IdxFormat implements DataFormat {
  private static final Pattern NAME = Pattern.compile(".*idx[1-4].*|.*-ubyte(\\.gz)?");

  @Override
  public boolean matches(DataFiles files) {
    byte[] head = files.head();
    boolean zeros = head.length >= 4 && head[0] == 0 && head[1] == 0;
    return zeros
        || !files.files().isEmpty() && isNamed(files.files().get(0).getPath().getName())
        || files.files().stream()
            .map(file -> file.getPath().getName())
            .filter(IdxFormat::isNamed)
            .anyMatch(name -> name.contains("images"));
  }

  /** Whether a file is named as IDX files are. */
  static boolean isNamed(String name) {
    return NAME.matcher(name).matches();
  }

  @Override
  public DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    return IdxSource.open(spark, location, files);
  }
}
