package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the bytes: a picture or a reason, and not more memory than the promised pixels. */
class PictureFuzzProperties {
  private static final List<String> FORMATS = List.of("png", "jpg", "gif", "bmp", "tiff");
  private static final List<Integer> TYPES =
      List.of(
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_INT_RGB,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_INT_ARGB);

  /** Of what a file of a few hundred bytes may promise at most, some bytes for each pixel. */
  private static final long MOST = 200L << 20;

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Property(tries = 3000)
  void changed_files_give_a_picture_or_a_reason(
      @ForAll @IntRange(max = 4) int format,
      @ForAll @IntRange(max = 4) int type,
      @ForAll @IntRange(min = 1, max = 4) int changes,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    byte[] content = picture(FORMATS.get(format), TYPES.get(type), random);
    for (int i = 0; i < changes && content.length > 0; i++) {
      int at = random.nextInt(random.nextBoolean() ? content.length : Math.min(64, content.length));
      content[at] = (byte) (random.nextBoolean() ? 0x7f : random.nextInt());
    }
    if (FORMATS.get(format).equals("png") && random.nextBoolean()) {
      CRC32 crc = new CRC32();
      crc.update(content, 12, 17);
      ByteBuffer.wrap(content).putInt(29, (int) crc.getValue());
    }
    long before = allocated();
    try {
      Plane image = Pictures.grey(content);
      assertThat(image.values()).hasSize(image.width() * image.height());
    } catch (UnreadableImage e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
    assertThat(allocated() - before).isLessThan(MOST);
  }

  /** Empty for formats that do not hold the type. */
  private static byte[] picture(String format, int type, Random random) throws IOException {
    BufferedImage image = new BufferedImage(12, 9, type);
    for (int i = 0; i < 12 * 9; i++) {
      image.setRGB(i % 12, i / 12, random.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      ImageIO.write(new BufferedImage(12, 9, BufferedImage.TYPE_BYTE_BINARY), format, out);
    }
    return out.toByteArray();
  }

  private static long allocated() {
    return MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
