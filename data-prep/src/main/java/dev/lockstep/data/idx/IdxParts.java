package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Training and test files of one data set in one folder, named after it and the part: {@code
 * emnist-letters-train-images-idx3-ubyte} as EMNIST has them, or QMNIST.
 */
public final class IdxParts implements DataParts {
  private static final Pattern NAME =
      Pattern.compile("(?<set>.+?)[-_.](?<part>train|test)(?:ing)?[-_.].*");

  private final JavaSparkContext spark;
  private final DataLocation location;
  private final DataFiles files;

  private IdxParts(JavaSparkContext spark, DataLocation location, DataFiles files) {
    this.spark = spark;
    this.location = location;
    this.files = files;
  }

  /**
   * The parts in a folder, if its files are so named, and both are there.
   *
   * @throws DataError if it cannot be read, or has files of several data sets
   */
  public static Optional<DataParts> find(JavaSparkContext spark, DataLocation location) {
    DataFiles files = DataFiles.list(location.data(), spark.hadoopConfiguration());
    if (!new IdxFormat().matches(files)) {
      return Optional.empty();
    }
    expectOne(files);
    List<String> parts =
        files.files().stream().flatMap(file -> part(file).stream()).distinct().toList();
    return parts.size() == 2 ? Optional.of(new IdxParts(spark, location, files)) : Optional.empty();
  }

  /**
   * Makes sure that no two data sets are taken for one, as EMNIST's six that lie in one folder.
   *
   * @throws DataError if there are more
   */
  static void expectOne(DataFiles files) {
    TreeSet<String> sets = new TreeSet<>();
    for (FileStatus file : files.files()) {
      match(file).ifPresent(name -> sets.add(name.group("set")));
    }
    if (sets.size() > 1) {
      String folder = DataFiles.name(files.files().get(0).getPath().getParent().toString());
      throw new DataError(
          "%s: holds %d data sets (%s): name the files of one, such as %s/%s-*"
              .formatted(folder, sets.size(), String.join(", ", sets), folder, sets.first()));
    }
  }

  private static Optional<Matcher> match(FileStatus file) {
    String name = file.getPath().getName();
    return Optional.of(NAME.matcher(name.toLowerCase(Locale.ROOT)))
        .filter(matcher -> IdxFormat.isNamed(name) && matcher.matches());
  }

  private static Optional<String> part(FileStatus file) {
    return match(file).map(name -> name.group("part"));
  }

  private DataSource open(String part, DataLocation meant) {
    List<FileStatus> chosen =
        files.files().stream().filter(file -> part(file).map(part::equals).orElse(true)).toList();
    return IdxSource.open(
        spark,
        meant,
        new DataFiles(files.location(), chosen, files.folders(), files.leftovers(), files.head()));
  }

  @Override
  public DataSource train() {
    return open("train", location);
  }

  @Override
  public Optional<DataSource> validation() {
    return Optional.empty();
  }

  /** Its labels are counted as those of the training files. */
  @Override
  public Optional<DataSource> test() {
    List<String> classes = train().schema().classNames();
    return Optional.of(
        open("test", classes.isEmpty() ? location : location.withClassNames(classes)));
  }
}
