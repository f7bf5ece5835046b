package dev.lockstep.cli;

import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Runs the everyday commands once, on little data of its own, while the JVM records which classes
 * they load: the launcher makes of that the archive from which later starts map them.
 */
final class Rehearsal {
  private static final int SIDE = 28;

  /** MNIST keeps its first 5,000 images for validation. */
  private static final int TRAINING = 5500;

  private static final int TEST = 20;

  private static final int PICTURES = 3;

  private final Path folder;

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /**
   * @param args an empty folder, in which everything happens
   */
  public static void main(String[] args) throws IOException {
    System.exit(new Rehearsal(Path.of(args[0])).run());
  }

  private int run() throws IOException {
    writeDigits("train", TRAINING);
    writeDigits("t10k", TEST);
    String model = folder.resolve("model").toString();
    List<String> predict = new ArrayList<>(List.of("predict", "--model", model, "--images"));
    predict.addAll(drawPictures());
    return command(
            "train", "mnist", "--steps", "200", "--data", folder.toString(), "--model-dir", model)
        + command("evaluate", "--data", folder.toString(), "--model", model)
        + command(predict.toArray(String[]::new))
        + command("train", "linear", "--epochs", "1", "--model-dir", model);
  }

  private static int command(String... command) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return Main.run(nowhere, nowhere, command);
  }

  private void writeDigits(String part, int count) throws IOException {
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
      pixels[i * SIDE * SIDE + 100 + i % 10] = (byte) 255;
    }
    writeIdx(part + "-images-idx3-ubyte", pixels, count, SIDE, SIDE);
    writeIdx(part + "-labels-idx1-ubyte", labels, count);
  }

  private void writeIdx(String name, byte[] values, int... shape) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.writeInt(0x800 + shape.length);
      for (int length : shape) {
        out.writeInt(length);
      }
      out.write(values);
    }
  }

  private List<String> drawPictures() throws IOException {
    List<String> pictures = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(SIDE / 2, SIDE / 2, 0, 255);
      Path file = folder.resolve(i + ".png");
      ImageIO.write(image, "png", file.toFile());
      pictures.add(file.toString());
    }
    return pictures;
  }
}
