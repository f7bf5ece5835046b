package dev.lockstep.data;

import dev.lockstep.data.idx.IdxSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The four files of MNIST, or of a data set laid out like it, in one folder: raw or gzipped, under
 * their classic names. Split as TensorFlow's {@code read_data_sets} does: the first 5,000 training
 * images are for validation.
 */
public final class Mnist {
  private static final int CLASSES = 10;
  private static final int VALIDATION = 5000;

  private final Path folder;

  public Mnist(Path folder) {
    this.folder = folder;
  }

  /** The training files' examples from number 5,000 on. */
  public IdxSource train() {
    IdxSource all = open("train");
    return all.range(Math.min(VALIDATION, all.count()), all.count());
  }

  /** The first 5,000 examples of the training files. */
  public IdxSource validation() {
    IdxSource all = open("train");
    return all.range(0, Math.min(VALIDATION, all.count()));
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
    String classic = name + "-" + kind;
    String dotted = name + "." + kind;
    for (String candidate : List.of(classic, classic + ".gz", dotted, dotted + ".gz")) {
      Path file = folder.resolve(candidate);
      if (Files.isRegularFile(file)) {
        return file.toUri().toString();
      }
    }
    throw new DataError(
        "%s: expected a file %s or %s.gz in this folder, found none"
            .formatted(folder, classic, classic));
  }
}
