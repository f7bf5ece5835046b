package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A camera's orientation, in each format that can hold it. */
class OrientationTest {
  private static final int WIDTH = 24;
  private static final int HEIGHT = 40;

  static Stream<Arguments> formats() {
    return Stream.of(
            format("jpeg", OrientationTest::jpeg),
            format("png", OrientationTest::png),
            format("tiff", OrientationTest::tiff),
            format("webp", exif -> webp(tiffHead(exif, false))),
            format("webp with JPEG's name of it", exif -> webp(named(tiffHead(exif, true)))))
        .map(Arguments::of);
  }

  private static Named<IntFunction<byte[]>> format(String name, IntFunction<byte[]> file) {
    return Named.of(name, file);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void pictures_are_turned_upright_whatever_their_format(IntFunction<byte[]> file)
      throws Exception {
    int[][] corners = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (int exif = 1; exif <= 8; exif++) {
      Plane upright = Pictures.grey(file.apply(exif));

      assertThat(upright.width()).as("exif %d", exif).isEqualTo(exif < 5 ? WIDTH : HEIGHT);
      int[] corner = corners[exif - 1];
      int x = corner[0] * (upright.width() - 1);
      int y = corner[1] * (upright.height() - 1);
      assertThat(upright.at(x, y)).as("corner, exif %d", exif).isGreaterThan(200);
    }
  }

  /** White in the stored picture's first corner. */
  private static boolean white(int x, int y) {
    return x < 8 && y < 8;
  }

  private static BufferedImage picture() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, white(i % WIDTH, i / WIDTH) ? 0xffffff : 0);
    }
    return image;
  }

  private static byte[] jpeg(int exif) {
    byte[] jpeg = Pictures.encoded(picture(), "jpg");
    byte[] data = named(tiffHead(exif, true));
    return ByteBuffer.allocate(jpeg.length + 4 + data.length)
        .put(jpeg, 0, 2)
        .putShort((short) 0xffe1)
        .putShort((short) (2 + data.length))
        .put(data)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] png(int exif) {
    byte[] png = Pictures.encoded(picture(), "png");
    byte[] data = tiffHead(exif, false);
    byte[] named = ByteBuffer.allocate(4 + data.length).put(ascii("eXIf")).put(data).array();
    CRC32 crc = new CRC32();
    crc.update(named);
    int head = 8 + 4 + 4 + 13 + 4;
    return ByteBuffer.allocate(png.length + 8 + named.length)
        .put(png, 0, head)
        .putInt(data.length)
        .put(named)
        .putInt((int) crc.getValue())
        .put(png, head, png.length - head)
        .array();
  }

  /** Grey of eight bits, not compressed. */
  private static byte[] tiff(int exif) {
    int[][] tags = {
      {256, WIDTH},
      {257, HEIGHT},
      {258, 8},
      {259, 1},
      {262, 1},
      {273, 8 + 2 + 9 * 12 + 4},
      {274, exif},
      {278, HEIGHT},
      {279, WIDTH * HEIGHT}
    };
    ByteBuffer file = ByteBuffer.allocate(tags[5][1] + WIDTH * HEIGHT);
    file.order(ByteOrder.LITTLE_ENDIAN).put(ascii("II")).putShort((short) 42);
    file.putInt(8).putShort((short) tags.length);
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
    }
    file.putInt(0);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      file.put((byte) (white(i % WIDTH, i / WIDTH) ? 255 : 0));
    }
    return file.array();
  }

  private static byte[] webp(byte[] exif) {
    byte[] plain = Pictures.webp(WIDTH, HEIGHT, OrientationTest::white);
    byte[] pixels = Arrays.copyOfRange(plain, 20, plain.length - plain[16] % 2);
    ByteBuffer head = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(8).put((byte) (WIDTH - 1)).putShort((short) 0);
    head.put((byte) (HEIGHT - 1)).putShort((short) 0);
    return Pictures.riff("VP8X", head.array(), "VP8L", pixels, "EXIF", exif);
  }

  /** EXIF as it is in all of them: the head of a TIFF file with one tag. */
  private static byte[] tiffHead(int exif, boolean bigEndian) {
    ByteBuffer head = ByteBuffer.allocate(8 + 2 + 12 + 4);
    head.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    head.put(ascii(bigEndian ? "MM" : "II")).putShort((short) 42).putInt(8);
    head.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    return head.putShort((short) exif).putShort((short) 0).putInt(0).array();
  }

  private static byte[] named(byte[] exif) {
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.writeBytes(ascii("Exif\0\0"));
    named.writeBytes(exif);
    return named.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
