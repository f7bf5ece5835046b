package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * A command line that cannot work. {@code {model}} and the like stand for files that {@link
 * #prepare} makes.
 *
 * @param value given last, as it is; null for none
 * @param settings of Spark's
 * @param named what the line that refuses must contain
 */
record Mistake(String command, String value, Map<String, String> settings, String named) {
  private static final AtomicInteger OUTPUTS = new AtomicInteger();

  /** What reads a path that is given last. */
  static final List<String> READERS =
      List.of(
          "train mnist --steps 1 --model-dir {out} --data",
          "train custom --network softmax --epochs 1 --model-dir {out} --data",
          "train custom --data {table} --epochs 1 --model-dir {out} --network",
          "train custom --network softmax --data {pictures} --epochs 1 --model-dir {out} --test",
          "train custom --network softmax --data {pictures} --epochs 1 --model-dir {out}"
              + " --validation",
          "evaluate --data {pictures} --model",
          "evaluate --model {model} --data",
          "show --model",
          "predict --images {pictures} --model",
          "predict --model {model} --images",
          "predict --model {model} --images {pictures} --labels",
          "prepare --to {out} --from",
          "inspect");

  /** What can be broken, and the command that then reads it. */
  enum Damage {
    MODEL("model/model.zip", "show --model"),
    CHECKED_MODEL("model/model.zip", "evaluate --data {pictures} --model"),
    NETWORK("network.json", "train custom --data {table} --model-dir {out} --network"),
    TABLE("table.csv", "inspect --labels y"),
    PICTURE("pictures/0/0.png", "predict --model {model} --images");

    private final String file;
    private final String reader;

    Damage(String file, String reader) {
      this.file = file;
      this.reader = reader;
    }
  }

  static Mistake of(String command) {
    return of(command, null);
  }

  static Mistake of(String command, String value) {
    return new Mistake(command, value, Map.of(), "");
  }

  static Mistake training(String task, String option, String value) {
    String network = task.equals("custom") ? " --network softmax --data {pictures}" : "";
    return of("train %s%s --model-dir {out} %s".formatted(task, network, option), value);
  }

  /** A good file, cut and with a byte in 20 overwritten, as a number decides. */
  static Mistake damaged(Damage damage, int number) {
    return new Mistake(damage.reader, "{damaged}" + damage.name() + "/" + number, Map.of(), "");
  }

  Mistake naming(String text) {
    return new Mistake(command, value, settings, text);
  }

  static Mistake under(Map<String, String> settings, String command) {
    return new Mistake(command, null, settings, "");
  }

  String[] arguments(Path folder) {
    List<String> arguments = new ArrayList<>();
    for (String argument : command.isEmpty() ? new String[0] : command.split(" ")) {
      arguments.add(filled(argument, folder));
    }
    if (value != null) {
      arguments.add(
          value.startsWith("{damaged}")
              ? damagedFile(folder, value.substring("{damaged}".length()).split("/"))
              : filled(value, folder));
    }
    return arguments.toArray(String[]::new);
  }

  private static String filled(String text, Path folder) {
    return text.replace("{folder}", folder.toString())
        .replace("{out}", folder.resolve("out/" + OUTPUTS.incrementAndGet()).toString())
        .replace("{nowhere}", folder.resolve("nowhere").toString())
        .replace("{emptyFolder}", folder.resolve("emptyFolder").toString())
        .replace("{empty}", folder.resolve("empty").toString())
        .replace("{junk}", folder.resolve("junk").toString())
        .replace("{table}", folder.resolve("table.csv").toString())
        .replace("{pictures}", folder.resolve("pictures").toString())
        .replace("{model}", folder.resolve("model").toString())
        .replace("{regression}", folder.resolve("regression").toString());
  }

  private static String damagedFile(Path folder, String... which) {
    Damage damage = Damage.valueOf(which[0]);
    Random random = new Random(Integer.parseInt(which[1]));
    Path good = folder.resolve(damage.file);
    String name = good.getFileName().toString();
    Path bad =
        folder.resolve("damaged/" + String.join("-", which) + name.replaceFirst(".*\\.", "."));
    try {
      byte[] bytes = Files.readAllBytes(good);
      int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
      bytes = Arrays.copyOf(bytes, length);
      for (int i = random.nextInt(20); i < length; i += 1 + random.nextInt(39)) {
        bytes[i] = (byte) random.nextInt();
      }
      Files.createDirectories(bad.getParent());
      Files.write(bad, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bad.toString();
  }

  /** Makes the good files. */
  static void prepare(Path folder) throws IOException {
    StringBuilder table = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 30; i++) {
      table.append("%d.5,%d,%s\n".formatted(i, i * i % 7, i % 2 == 0 ? "even" : "odd"));
    }
    Files.writeString(folder.resolve("table.csv"), table);
    Files.createDirectories(folder.resolve("emptyFolder"));
    Files.createFile(folder.resolve("empty"));
    byte[] junk = new byte[5000];
    new Random(1).nextBytes(junk);
    Files.write(folder.resolve("junk"), junk);
    for (int i = 0; i < 20; i++) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(5 + i % 10, 14, 0, 255);
      Path file = folder.resolve("pictures/%d/%d.png".formatted(i % 10, i));
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }
    Path network = Path.of("../models/examples/softmax.json");
    Files.copy(network, folder.resolve("network.json"));
    runs(folder, "train linear --epochs 1 --no-plots --no-report --model-dir {regression}");
    runs(
        folder,
        "train custom --network softmax --data {pictures} --epochs 1 --no-plots --no-report"
            + " --model-dir {model}");
  }

  private static void runs(Path folder, String command) {
    CommandLine run = CommandLine.run(of(command).arguments(folder));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Override
  public String toString() {
    String given = value == null ? "" : " '" + value + "'";
    return settings + " lockstep " + command + given;
  }
}
