package dev.lockstep.data.image;

import static dev.lockstep.data.Malformed.row;
import static dev.lockstep.data.Malformed.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Faults;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Malformed;
import dev.lockstep.data.Reject;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class MalformedPicturesTest {
  private static final UnaryOperator<DataLocation> STRICT =
      location -> location.withFaults(Faults.STRICT);

  @TempDir private Path folder;

  private static byte[] picture(String format, int width, int height) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      for (int i = 0; i < width * height; i++) {
        image.getRaster().setSample(i % width, i / width, 0, i * 37 % 256);
      }
      ImageIO.write(image, format, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The head of a PNG file, and nothing of what it promises. */
  private static byte[] head(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(8 + 25);
    png.putLong(0x89504e470d0a1a0aL);
    png.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    png.put(new byte[] {8, 0, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    return png.putInt((int) crc.getValue()).array();
  }

  private static byte[] flipped(byte[] content, int at) {
    byte[] flipped = content.clone();
    flipped[at] ^= 0x10;
    return flipped;
  }

  /** One bad file beside a good one. */
  private static Arguments file(String name, String file, byte[] content, String reason) {
    return row(
        name,
        folder -> {
          write(folder, "a/0.png", picture("png", 4, 4));
          write(folder, file, content);
        },
        ".",
        STRICT,
        "FOLDER/" + file + ": " + reason);
  }

  static Stream<Arguments> pictures() {
    byte[] png = picture("png", 4, 4);
    return Stream.of(
        file("empty picture", "a/x.png", new byte[0], "is empty"),
        file(
            "text named as a picture",
            "a/x.png",
            "hello".getBytes(StandardCharsets.UTF_8),
            "is not a picture of a known format"),
        file(
            "signature only",
            "a/x.png",
            Arrays.copyOf(png, 8),
            "is damaged: I/O error reading PNG header!"),
        file(
            "truncated picture",
            "a/x.png",
            Arrays.copyOf(png, 45),
            "is damaged: Error reading PNG image data"),
        file(
            "bit-flipped PNG head",
            "a/x.png",
            flipped(png, 24),
            "is damaged: I/O error reading PNG header!"),
        file(
            "bit-flipped PNG pixels",
            "a/x.png",
            flipped(png, 41),
            "is damaged: Error reading PNG image data"),
        file(
            "truncated JPEG head",
            "a/x.jpg",
            Arrays.copyOf(picture("jpg", 4, 4), 30),
            "is damaged: No SOF segment in stream"),
        file(
            "truncated GIF",
            "a/x.gif",
            Arrays.copyOf(picture("gif", 4, 4), 20),
            "is damaged: I/O error reading header!"),
        file(
            "decompression bomb",
            "a/x.png",
            head(30_000, 30_000),
            "has 30000 x 30000 pixels, more than 100 million"),
        file(
            "small decompression bomb",
            "a/x.png",
            head(9_000, 9_000),
            "says that 33 bytes hold 9000 x 9000 pixels"),
        file(
            "sizes that overflow",
            "a/x.png",
            head(Integer.MAX_VALUE, Integer.MAX_VALUE),
            "has 2147483647 x 2147483647 pixels, more than 100 million"),
        file(
            "picture of another size",
            "a/x.png",
            picture("png", 5, 4),
            "has 5 x 4 pixels, the network takes 4 x 4: choose another --fit"),
        file("file of another name", "a/x.txt", new byte[1], "is not named as a picture"));
  }

  static Stream<Arguments> tables() {
    return Stream.of(
        labelled("picture without label", "b.png,0\n", "FOLDER/p/a.png: has no label in FOLDER/l"),
        labelled(
            "label without picture",
            "a.png,0\nb.png,0\nc.png,1\n",
            "FOLDER/p/c.png: is labelled, but no such file"),
        labelled(
            "picture labelled twice",
            "a.png,0\nb.png,0\na.png,1\n",
            "FOLDER/l: line 3: expected each picture once, found a.png again"),
        labelled(
            "label that is missing",
            "name,label\na.png,0\nb.png\n",
            "FOLDER/l: line 3: expected 2 values, found 1"),
        row(
            "target that is no number",
            folder -> writePictures(folder, "a.png,0.5\nb.png,x\n"),
            "p",
            location -> STRICT.apply(location).withTask(Task.REGRESSION).withLabels("FOLDER/l"),
            "FOLDER/l: line 2: expected a number, found 'x'"),
        row(
            "labels in a missing file",
            folder -> write(folder, "p/a.png", picture("png", 4, 4)),
            "p",
            location -> location.withLabels("FOLDER/l"),
            "FOLDER/l: no such file"),
        row(
            "pictures without classes",
            folder -> write(folder, "p/a.png", picture("png", 4, 4)),
            "p",
            UnaryOperator.identity(),
            "FOLDER/p: expected a folder of pictures for each class, or a CSV file with their"
                + " classes by --labels"),
        row(
            "no picture that can be read",
            folder -> write(folder, "p/a/x.png", new byte[0]),
            "p",
            UnaryOperator.identity(),
            "FOLDER/p: expected pictures, found none that can be read"),
        row(
            "link to a folder",
            folder -> {
              write(folder, "p/a/x.png", picture("png", 4, 4));
              Files.createSymbolicLink(folder.resolve("p/a/loop"), folder.resolve("p"));
            },
            "p",
            STRICT,
            "FOLDER/p/a/loop: is a link to a folder, which is not followed"));
  }

  private static Arguments labelled(String name, String table, String message) {
    return row(
        name,
        folder -> writePictures(folder, table),
        "p",
        location -> STRICT.apply(location).withLabels("FOLDER/l"),
        message);
  }

  private static void writePictures(Path folder, String table) throws IOException {
    write(folder, "p/a.png", picture("png", 4, 4));
    write(folder, "p/b.png", picture("png", 4, 4));
    write(folder, "l", table);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"pictures", "tables"})
  void malformed_pictures_get_their_message(Malformed.Case malformed) throws IOException {
    Malformed.expectMessage(malformed, folder);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void without_strictness_the_others_are_read(Malformed.Case malformed) throws IOException {
    malformed.writer().write(folder);
    JavaSparkContext spark = SparkExtension.context();
    DataSource source = DataSources.open(spark, DataLocation.of(folder.toString()));

    assertThat(source.count()).isEqualTo(2);
    assertThat(source.load(spark, 2).count()).isEqualTo(1);
    List<Reject> rejects = source.rejects(spark).collect();
    assertThat(rejects).hasSize(1);
    assertThat(rejects.get(0).path() + ": " + rejects.get(0).reason())
        .isEqualTo(malformed.message().replace("FOLDER", folder.toString()));
  }

  /** Java cannot name such a file, but a shell can make one. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_name_that_is_not_utf_8_is_told(JavaSparkContext spark) throws Exception {
    write(folder, "a/0.png", picture("png", 4, 4));
    new ProcessBuilder("sh", "-c", "cp 0.png \"$(printf '\\351.png')\"")
        .directory(folder.resolve("a").toFile())
        .start()
        .waitFor();

    DataSource source = DataSources.open(spark, DataLocation.of(folder.toString()));

    assertThat(source.count()).isEqualTo(2);
    assertThat(source.rejects(spark).collect())
        .extracting(Reject::reason)
        .containsExactly("cannot be found: a broken link, or a name that is not UTF-8");
  }
}
