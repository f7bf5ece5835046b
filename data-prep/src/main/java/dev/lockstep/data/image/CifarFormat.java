package dev.lockstep.data.image;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Locations;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** CIFAR-10's and CIFAR-100's own binary files, by their names. */
public final class CifarFormat implements DataFormat {
  private static final Predicate<String> TRAINING =
      Pattern.compile("data_batch_\\d+\\.bin|train\\.bin").asMatchPredicate();
  private static final Predicate<String> TEST =
      Pattern.compile("test_batch\\.bin|test\\.bin").asMatchPredicate();

  @Override
  public boolean matches(DataFiles files) {
    return files.files().stream().anyMatch(file -> isNamed(file, TRAINING.or(TEST)));
  }

  private static boolean isNamed(FileStatus file, Predicate<String> names) {
    return names.test(file.getPath().getName());
  }

  /** All of the files that are named. */
  @Override
  public DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    return open(spark, location, files, TRAINING.or(TEST));
  }

  private static DataSource open(
      JavaSparkContext spark, DataLocation location, DataFiles files, Predicate<String> names) {
    PictureFormat.expectClasses(location, "CIFAR's files");
    List<FileStatus> chosen = files.files().stream().filter(file -> isNamed(file, names)).toList();
    return CifarSource.open(location, chosen, spark.hadoopConfiguration());
  }

  /** What is trained and what is tested, of a folder that has files of both. */
  public static Optional<DataParts> parts(JavaSparkContext spark, DataLocation location) {
    Configuration hadoop = spark.hadoopConfiguration();
    Path path = Locations.of(location.data(), hadoop);
    if (!DataFiles.isFolder(path, hadoop)) {
      return Optional.empty();
    }
    DataFiles files = DataFiles.list(location.data(), hadoop);
    boolean training = files.files().stream().anyMatch(file -> isNamed(file, TRAINING));
    boolean test = files.files().stream().anyMatch(file -> isNamed(file, TEST));
    return training && test ? Optional.of(new Parts(spark, location, files)) : Optional.empty();
  }

  private record Parts(JavaSparkContext spark, DataLocation location, DataFiles files)
      implements DataParts {
    @Override
    public DataSource train() {
      return open(spark, location, files, TRAINING);
    }

    @Override
    public Optional<DataSource> validation() {
      return Optional.empty();
    }

    @Override
    public Optional<DataSource> test() {
      return Optional.of(open(spark, location, files, TEST));
    }
  }
}
