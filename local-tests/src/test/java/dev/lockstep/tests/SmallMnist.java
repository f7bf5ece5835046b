package dev.lockstep.tests;

import dev.lockstep.data.IdxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Noise in MNIST's four files. */
final class SmallMnist {
  private SmallMnist() {}

  /**
   * Writes it into a folder, which is made.
   *
   * @param count of training images, and of test images; of each digit as many
   */
  static void write(Path folder, int count) throws IOException {
    Random random = new Random(4);
    byte[] pixels = new byte[count * 28 * 28];
    byte[] labels = new byte[count];
    random.nextBytes(pixels);
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    Files.createDirectories(folder);
    for (String part : List.of("train", "t10k")) {
      Files.write(
          folder.resolve(part + "-images-idx3-ubyte"), IdxFiles.bytes(pixels, count, 28, 28));
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), IdxFiles.bytes(labels, count));
    }
  }
}
