package dev.lockstep.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What a Spark distribution has, as far as it is needed here: jars, and spark-submit. */
final class SparkHome {
  private SparkHome() {}

  /**
   * Puts it into a folder, of the jars that the build has fetched.
   *
   * @param more classes of further jars
   */
  static Path assemble(Path home, Class<?>... more) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    String classpath = Files.readString(Path.of("..", "driver", Product.TARGET, "spark.classpath"));
    List<Path> files =
        Stream.concat(
                Stream.of(classpath.strip().split(":")),
                Stream.of(more)
                    .map(
                        type -> type.getProtectionDomain().getCodeSource().getLocation().getPath()))
            .map(Path::of)
            .toList();
    for (Path file : files) {
      Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
    }
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    return Files.copy(
        Path.of("../cluster/spark-home/bin/spark-submit"),
        submit,
        StandardCopyOption.COPY_ATTRIBUTES);
  }
}
