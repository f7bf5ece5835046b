package dev.lockstep.tests;

import java.nio.file.Path;

/** Where what was built is. */
final class Product {
  static final Path JAR = path("../driver/target/lockstep.jar");
  static final Path LAUNCHER = path("../lockstep");

  private Product() {}

  private static Path path(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }
}
