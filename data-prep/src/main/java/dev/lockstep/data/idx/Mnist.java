package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Locations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The four files of MNIST, or of a data set laid out like it, in one folder: raw or gzipped, under
 * their classic names. Split as TensorFlow's {@code read_data_sets} does: the first 5,000 of 60,000
 * training images are for validation, and a twelfth of fewer.
 */
public final class Mnist {
  private static final int CLASSES = 10;
  private static final int VALIDATION = 5000;
  private static final int SHARE = 12;

  private final Path folder;

  /**
   * @param folder on any Hadoop file system
   */
  public Mnist(String folder) {
    this.folder = files(Locations.of(folder, SparkHadoopUtil.get().conf()));
  }

  public Mnist(java.nio.file.Path folder) {
    this.folder = new Path(folder.toUri());
  }

  /** Whether a folder holds training and test files of the classic names. */
  public static boolean isIn(String folder) {
    Path path = files(Locations.of(folder, SparkHadoopUtil.get().conf()));
    return DataFiles.isFolder(path, SparkHadoopUtil.get().conf())
        && find(path, "train-images", "idx3-ubyte").isPresent()
        && find(path, "t10k-images", "idx3-ubyte").isPresent();
  }

  /** Where the files are: torchvision keeps them in a folder below that of the data set's name. */
  private static Path files(Path folder) {
    Path raw = new Path(folder, "raw");
    Configuration hadoop = SparkHadoopUtil.get().conf();
    boolean here = find(folder, "train-images", "idx3-ubyte").isPresent();
    return !here && DataFiles.isFolder(raw, hadoop) ? raw : folder;
  }

  /** The training files' examples that are not for validation. */
  public IdxSource train() {
    IdxSource all = open("train");
    return all.range(validation(all), all.count());
  }

  private static long validation(IdxSource all) {
    return Math.min(VALIDATION, all.count() / SHARE);
  }

  /** The first 5,000 examples of the training files, or a twelfth of fewer than 60,000. */
  public IdxSource validation() {
    IdxSource all = open("train");
    return all.range(0, validation(all));
  }

  /** All examples of the test files. */
  public IdxSource test() {
    return open("t10k");
  }

  /** The three parts. */
  public DataParts parts() {
    return new DataParts() {
      @Override
      public DataSource train() {
        return Mnist.this.train();
      }

      @Override
      public Optional<DataSource> validation() {
        return Optional.of(Mnist.this.validation());
      }

      @Override
      public Optional<DataSource> test() {
        return Optional.of(Mnist.this.test());
      }
    };
  }

  private IdxSource open(String part) {
    return IdxSource.open(
        file(part + "-images", "idx3-ubyte"), file(part + "-labels", "idx1-ubyte"), CLASSES);
  }

  private String file(String name, String kind) {
    return find(folder, name, kind)
        .orElseThrow(
            () ->
                new DataError(
                    "%1$s: expected a file %2$s-%3$s or %2$s-%3$s.gz in this folder, found none"
                        .formatted(DataFiles.name(folder.toString()), name, kind)));
  }

  private static Optional<String> find(Path folder, String name, String kind) {
    String classic = name + "-" + kind;
    String dotted = name + "." + kind;
    return Stream.of(classic, classic + ".gz", dotted, dotted + ".gz")
        .map(file -> new Path(folder, file))
        .filter(Mnist::isFile)
        .findFirst()
        .map(Path::toString);
  }

  private static boolean isFile(Path path) {
    Configuration hadoop = SparkHadoopUtil.get().conf();
    try {
      return path.getFileSystem(hadoop).getFileStatus(path).isFile();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw DataFiles.unreadable(path.toString(), e);
    }
  }
}
