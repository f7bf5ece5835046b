package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg", "tiff"})
  void each_format_gives_the_same_grey_levels(String format) throws Exception {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    fill(image, 0, 8, new Color(200, 200, 200));
    fill(image, 8, 16, new Color(40, 40, 40));

    Plane grey = Pictures.grey(encoded(image, format));

    assertThat(grey.width()).isEqualTo(16);
    assertThat(grey.at(2, 2)).isCloseTo(200, Offset.offset(3f));
    assertThat(grey.at(13, 9)).isCloseTo(40, Offset.offset(3f));
  }

  @Test
  void grey_pictures_keep_their_levels() throws Exception {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 2, 0, 128);

    assertThat(Pictures.grey(encoded(image, "png")).at(1, 2)).isEqualTo(128);
  }

  @Test
  void sixteen_bits_are_scaled_to_eight() throws Exception {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(1, 2, 0, 65_535 / 2);

    assertThat(image.getRaster().getTransferType()).isEqualTo(DataBuffer.TYPE_USHORT);
    assertThat(Pictures.grey(encoded(image, "png")).at(1, 2))
        .isCloseTo(127.5f, Offset.offset(0.01f));
  }

  @Test
  void sixteen_bit_tiffs_are_read_that_say_how_pixels_differ() throws Exception {
    short[] differences = {1000, 2000, -500, 100};
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(pixels)) {
      out.write(
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putShort(differences[0])
              .putShort(differences[1])
              .putShort(differences[2])
              .putShort(differences[3])
              .array());
    }

    Plane grey = Pictures.grey(tiff(4, 1, pixels.toByteArray()));

    assertThat(grey.values())
        .containsExactly(
            new float[] {1000 / 257f, 3000 / 257f, 2500 / 257f, 2600 / 257f}, Offset.offset(1e-4f));
  }

  /** Grey of 16 bits, deflated, each pixel the difference from the one on its left. */
  private static byte[] tiff(int width, int height, byte[] pixels) {
    int[][] tags = {
      {256, width},
      {257, height},
      {258, 16},
      {259, 8},
      {262, 1},
      {273, 8 + 2 + 10 * 12 + 4},
      {277, 1},
      {278, height},
      {279, pixels.length},
      {317, 2}
    };
    ByteBuffer file = ByteBuffer.allocate(tags[5][1] + pixels.length);
    file.order(ByteOrder.LITTLE_ENDIAN).put((byte) 'I').put((byte) 'I').putShort((short) 42);
    file.putInt(8).putShort((short) tags.length);
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
    }
    return file.putInt(0).put(pixels).array();
  }

  @Test
  void colours_count_by_how_bright_they_look() throws Exception {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    fill(image, 0, 4, Color.GREEN);

    assertThat(Pictures.grey(encoded(image, "png")).at(0, 0))
        .isCloseTo(0.587f * 255, Offset.offset(0.01f));
  }

  @Test
  void what_is_transparent_is_white() throws Exception {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 1, 0xff000000);
    image.setRGB(2, 2, 0x80000000);

    Plane grey = Pictures.grey(encoded(image, "png"));

    assertThat(grey.at(0, 0)).isEqualTo(255);
    assertThat(grey.at(1, 1)).isEqualTo(0);
    assertThat(grey.at(2, 2)).isCloseTo(127, Offset.offset(1f));
  }

  @Test
  void palettes_are_looked_up() throws Exception {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(3, 0, 0xffffffff);

    Plane grey = Pictures.grey(encoded(image, "png"));

    assertThat(grey.at(3, 0)).isEqualTo(255);
    assertThat(grey.at(0, 0)).isEqualTo(0);
  }

  @Test
  void cmyk_jpegs_are_read() throws Exception {
    WritableRaster cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        cmyk.setPixel(x, y, new int[] {255, 255, 255, x < 4 ? 255 : 0});
      }
    }
    Plane grey = Pictures.grey(jpeg(cmyk));

    // Which of ink and no ink is 255 is up to a marker that the JDK's writer leaves out.
    assertThat(Math.abs(grey.at(0, 0) - grey.at(7, 7))).isGreaterThan(50);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0",
    "2, 7, 0",
    "3, 7, 15",
    "4, 0, 15",
    "5, 0, 0",
    "6, 15, 0",
    "7, 15, 7",
    "8, 0, 7"
  })
  void pictures_are_turned_as_the_camera_was_held(int exif, int x, int y) throws Exception {
    BufferedImage image = new BufferedImage(8, 16, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setPixel(0, 0, new int[] {255, 255, 255});
    Plane stored = Pictures.grey(encoded(image, "png"));

    Plane upright = new Orientation(exif).apply(new Pixels(List.of(stored))).planes().get(0);

    assertThat(upright.at(x, y)).isEqualTo(255);
  }

  @Test
  void the_orientation_is_read_from_exif() throws Exception {
    BufferedImage image = new BufferedImage(8, 16, BufferedImage.TYPE_INT_RGB);
    byte[] jpeg = withExif(encoded(image, "jpg"), 6);

    assertThat(Orientation.of(jpeg)).isEqualTo(new Orientation(6));
    assertThat(Pictures.grey(jpeg).width()).isEqualTo(16);
  }

  @Test
  void what_is_no_picture_is_refused_with_the_reason() throws Exception {
    byte[] png = encoded(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png");
    byte[] flipped = png.clone();
    flipped[png.length / 2] ^= 0x55;

    expect(new byte[0], "is empty");
    expect("hello".getBytes(StandardCharsets.US_ASCII), "is not a picture of a known format");
    expect(Arrays.copyOf(png, png.length / 2), "is damaged: ");
    expect(flipped, "is damaged: ");
    expect(bomb(), "has 30000 x 30000 pixels, more than 100 million");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg", "tiff"})
  void a_picture_is_read_alike_whatever_was_read_before(String format) throws Exception {
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
    fill(image, 3, 9, Color.ORANGE);
    byte[] content = encoded(image, format);
    byte[] other = encoded(new BufferedImage(5, 40, BufferedImage.TYPE_BYTE_GRAY), format);
    float[] alone = Pictures.grey(content).values();

    Pictures.grey(other);
    assertThat(Pictures.grey(content).values()).isEqualTo(alone);
    assertThatThrownBy(() -> Pictures.grey(Arrays.copyOf(content, 30)))
        .isInstanceOf(UnreadableImage.class);
    assertThat(Pictures.grey(content).values()).isEqualTo(alone);
  }

  @Test
  void many_threads_read_pictures_at_once() throws Exception {
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
    fill(image, 3, 9, Color.ORANGE);
    byte[] content = encoded(image, "png");
    float[] alone = Pictures.grey(content).values();

    List<float[]> read =
        IntStream.range(0, 500).parallel().mapToObj(unused -> levels(content)).toList();

    assertThat(read).allSatisfy(levels -> assertThat(levels).isEqualTo(alone));
  }

  private static float[] levels(byte[] content) {
    try {
      return Pictures.grey(content).values();
    } catch (UnreadableImage e) {
      throw new IllegalStateException(e);
    }
  }

  private static void expect(byte[] content, String message) {
    assertThatThrownBy(() -> Pictures.grey(content))
        .isInstanceOf(UnreadableImage.class)
        .hasMessageStartingWith(message);
  }

  /** The head of a PNG of 30,000 by 30,000 pixels. */
  private static byte[] bomb() {
    ByteBuffer png = ByteBuffer.allocate(8 + 25);
    png.putLong(0x89504e470d0a1a0aL);
    png.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(30_000).putInt(30_000);
    png.put(new byte[] {8, 0, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    return png.putInt((int) crc.getValue()).array();
  }

  private static byte[] withExif(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 + 4);
    exif.putShort((short) 0xffe1).putShort((short) (exif.capacity() - 2));
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return ByteBuffer.allocate(jpeg.length + exif.capacity())
        .put(jpeg, 0, 2)
        .put(exif.array())
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] jpeg(WritableRaster raster) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static void fill(BufferedImage image, int fromX, int toX, Color color) {
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(fromX, 0, toX - fromX, image.getHeight());
    graphics.dispose();
  }
}
