package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import org.junit.jupiter.api.Test;

/** What becomes of colour files as people have them, one line a file, exactly. */
class ColourPicturesTest {
  private static final Color RED = new Color(255, 0, 0);
  private static final Color ORANGE = new Color(250, 150, 50);

  /** Upper left and lower right, as {@code r,g,b}; or why there are none. */
  private static String outcome(byte[] file) {
    try {
      Pixels picture = ImageDecoder.decode(file, Channels.RGB);
      return "%d×%d %s %s"
          .formatted(
              picture.width(),
              picture.height(),
              colour(picture, 0, 0),
              colour(picture, picture.width() - 1, picture.height() - 1));
    } catch (UnreadableImage e) {
      return e.getMessage();
    }
  }

  private static String colour(Pixels picture, int x, int y) {
    List<String> levels = new ArrayList<>();
    picture.planes().forEach(plane -> levels.add("%d".formatted(Math.round(plane.at(x, y)))));
    return String.join(",", levels);
  }

  @Test
  void odd_files_of_real_life_have_exactly_these_outcomes() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("PNG, 8 bits RGB", png(two(BufferedImage.TYPE_3BYTE_BGR)));
    files.put("PNG, grey", png(two(BufferedImage.TYPE_BYTE_GRAY, Color.WHITE, Color.BLACK)));
    files.put("PNG, 1 bit", png(two(BufferedImage.TYPE_BYTE_BINARY, Color.WHITE, Color.BLACK)));
    files.put("PNG, palette", png(palette(false)));
    files.put("PNG, palette with a transparent entry", png(palette(true)));
    files.put("PNG, alpha 0 on red", png(alpha(0)));
    files.put("PNG, alpha 128 on red", png(alpha(128)));
    files.put("PNG, 16 bits RGB", png(sixteen(3)));
    files.put("PNG, 16 bits RGB and alpha", png(sixteen(4)));
    files.put("PNG, grey and alpha", png(greyAlpha()));
    files.put("PNG, profile that exchanges red and blue", withPart(png(two(1)), exchanged()));
    files.put("PNG, palette and that profile", withPart(png(palette(false)), exchanged()));
    files.put("PNG, profile that is none", withPart(png(two(1)), iccp(new byte[64])));
    files.put("JPEG, RGB", Pictures.jpeg(blocks(), 1));
    files.put("JPEG, grey", Pictures.jpeg(greyBlocks(), 1));
    files.put("JPEG, turned by EXIF to the right", turned(Pictures.jpeg(blocks(), 1), 6));
    files.put("JPEG, CMYK as Adobe writes it", adobe(0));
    files.put("JPEG, YCCK as Adobe writes it", adobe(2));
    files.put("JPEG, profile that exchanges red and blue", withProfile(Pictures.jpeg(blocks(), 1)));
    files.put("GIF", Pictures.encoded(blocks(), "gif"));
    files.put("BMP", Pictures.encoded(two(BufferedImage.TYPE_INT_RGB), "bmp"));
    files.put("TIFF, 8 bits RGB", Pictures.encoded(two(BufferedImage.TYPE_INT_RGB), "tiff"));
    files.put("TIFF, 16 bits RGB", Pictures.byTheJdk(new IIOImage(sixteen(3), null, null), "tiff"));
    files.put("WebP", Pictures.webp(4, 2, (x, y) -> x < 2));
    files.put("PNG that ends too early", cut(png(two(1))));
    files.put("JPEG that ends too early", cut(Pictures.jpeg(blocks(), 1)));
    files.put("text named as a picture", "no picture".getBytes(StandardCharsets.US_ASCII));
    files.put("empty", new byte[0]);

    StringBuilder table = new StringBuilder();
    files.forEach((name, file) -> table.append("%s: %s%n".formatted(name, outcome(file))));

    assertThat(table.toString())
        .as("outcomes")
        .isEqualToNormalizingNewlines(
            Files.readString(Path.of("src/test/resources/colour-pictures.txt")));
  }

  @Test
  void grey_readers_see_of_the_same_files_what_they_always_saw() throws Exception {
    Plane grey = Pictures.grey(png(two(BufferedImage.TYPE_INT_RGB)));

    assertThat(grey.at(0, 0)).isEqualTo(0.299f * 255);
  }

  private static BufferedImage two(int type) {
    return two(type, RED, ORANGE);
  }

  /** Four by two, the left half of one colour. */
  private static BufferedImage two(int type, Color left, Color right) {
    return painted(new BufferedImage(4, 2, type), left, right);
  }

  private static BufferedImage painted(BufferedImage image, Color left, Color right) {
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(left);
    graphics.fillRect(0, 0, image.getWidth() / 2, image.getHeight());
    graphics.setColor(right);
    graphics.fillRect(image.getWidth() / 2, 0, image.getWidth(), image.getHeight());
    graphics.dispose();
    return image;
  }

  /** Large enough for JPEG's blocks to be of one colour. */
  private static BufferedImage blocks() {
    return painted(new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB), RED, ORANGE);
  }

  private static BufferedImage greyBlocks() {
    BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 32, 32, 0, filled(32 * 32, 200));
    return image;
  }

  private static int[] filled(int length, int value) {
    int[] values = new int[length];
    Arrays.fill(values, value);
    return values;
  }

  private static BufferedImage palette(boolean transparent) {
    byte[] red = {(byte) 255, (byte) 250};
    byte[] green = {0, (byte) 150};
    byte[] blue = {0, 50};
    IndexColorModel model =
        transparent
            ? new IndexColorModel(8, 2, red, green, blue, 0)
            : new IndexColorModel(8, 2, red, green, blue);
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_INDEXED, model);
    image.getRaster().setSamples(2, 0, 2, 2, 0, filled(4, 1));
    return image;
  }

  private static BufferedImage alpha(int alpha) {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_4BYTE_ABGR);
    for (int x = 0; x < 4; x++) {
      for (int y = 0; y < 2; y++) {
        image.setRGB(x, y, (x < 2 ? alpha : 255) << 24 | RED.getRGB() & 0xffffff);
      }
    }
    return image;
  }

  private static BufferedImage greyAlpha() {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 4, 2, 2, null);
    raster.setSamples(0, 0, 4, 2, 0, filled(8, 100));
    raster.setSamples(2, 0, 2, 2, 1, filled(4, 255));
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }

  private static BufferedImage sixteen(int bands) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 4, 2, bands, null);
    raster.setSamples(0, 0, 4, 2, 0, filled(8, 65535));
    raster.setSamples(0, 0, 4, 2, 1, filled(8, 32768));
    if (bands > 3) {
      raster.setSamples(2, 0, 2, 2, 3, filled(4, 65535));
    }
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            bands > 3,
            false,
            bands > 3 ? 3 : 1,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(model, raster, false, null);
  }

  private static byte[] png(BufferedImage image) {
    return Pictures.encoded(image, "png");
  }

  private static byte[] cut(byte[] file) {
    return Arrays.copyOf(file, file.length * 2 / 3);
  }

  /** sRGB with the primaries of red and blue in each other's place. */
  private static byte[] exchangedProfile() {
    ICC_Profile profile =
        ((ICC_ColorSpace) ColorSpace.getInstance(ColorSpace.CS_sRGB)).getProfile();
    ICC_Profile exchanged = ICC_Profile.getInstance(profile.getData().clone());
    byte[] red = exchanged.getData(ICC_Profile.icSigRedColorantTag);
    byte[] blue = exchanged.getData(ICC_Profile.icSigBlueColorantTag);
    exchanged.setData(ICC_Profile.icSigRedColorantTag, blue);
    exchanged.setData(ICC_Profile.icSigBlueColorantTag, red);
    return exchanged.getData();
  }

  private static byte[] exchanged() throws IOException {
    return iccp(exchangedProfile());
  }

  private static byte[] iccp(byte[] profile) throws IOException {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes("own\0\0".getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream out = new DeflaterOutputStream(part)) {
      out.write(profile);
    }
    return part.toByteArray();
  }

  /** A PNG with one more part after its head. */
  private static byte[] withPart(byte[] png, byte[] data) {
    int head = 8 + 12 + 13;
    byte[] type = "iCCP".getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data);
    return ByteBuffer.allocate(png.length + 12 + data.length)
        .put(png, 0, head)
        .putInt(data.length)
        .put(type)
        .put(data)
        .putInt((int) crc.getValue())
        .put(png, head, png.length - head)
        .array();
  }

  private static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    return ByteBuffer.allocate(jpeg.length + 4 + data.length)
        .put(jpeg, 0, 2)
        .putShort((short) marker)
        .putShort((short) (data.length + 2))
        .put(data)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] withProfile(byte[] jpeg) {
    byte[] profile = exchangedProfile();
    byte[] data =
        ByteBuffer.allocate(14 + profile.length)
            .put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1))
            .put(profile)
            .array();
    return withSegment(jpeg, 0xffe2, data);
  }

  private static byte[] turned(byte[] jpeg, int orientation) {
    byte[] data =
        ByteBuffer.allocate(6 + 8 + 2 + 12 + 4)
            .put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1))
            .putInt(8)
            .putShort((short) 1)
            .putShort((short) 0x0112)
            .putShort((short) 3)
            .putInt(1)
            .putShort((short) orientation)
            .putShort((short) 0)
            .putInt(0)
            .array();
    return withSegment(jpeg, 0xffe1, data);
  }

  /**
   * Four inverted inks, all of one level: a JPEG of four components with Adobe's segment, which
   * says how they were changed.
   *
   * @param transform 0 for CMYK, 2 for YCCK
   */
  private static byte[] adobe(int transform) {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 32, 4, null);
    int[] inks = transform == 0 ? new int[] {255, 0, 0, 255} : new int[] {76, 85, 255, 255};
    for (int ink = 0; ink < inks.length; ink++) {
      raster.setSamples(0, 0, 32, 32, ink, filled(32 * 32, inks[ink]));
    }
    byte[] jpeg = Pictures.jpegOf(raster);
    byte[] data =
        ByteBuffer.allocate(12)
            .put("Adobe".getBytes(StandardCharsets.US_ASCII))
            .putShort((short) 100)
            .putShort((short) 0)
            .putShort((short) 0)
            .put((byte) transform)
            .array();
    return withSegment(jpeg, 0xffee, data);
  }
}
