package dev.lockstep.tests;

import java.nio.file.Path;

/** Where what was built is. */
final class Product {
  /** Where each module's is, for the line of Spark that is tested. */
  static final String TARGET = System.getProperty("lockstep.target");

  /** The line of Spark that is tested. */
  static final String SPARK = System.getenv("LOCKSTEP_SPARK");

  static final Path JAR = path("../driver/%s/lockstep-spark-%s.jar".formatted(TARGET, SPARK));
  static final Path LAUNCHER = path("../lockstep");

  private Product() {}

  private static Path path(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }
}
