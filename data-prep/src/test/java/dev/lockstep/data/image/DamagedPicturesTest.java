package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What decoders make something of although it is not whole. */
class DamagedPicturesTest {

  /** A file of some format. */
  record Sample(String name, byte[] content) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    BufferedImage image = new BufferedImage(60, 50, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 3000; i++) {
      image.setRGB(i % 60, i / 60, i * 0x010307 & 0xffffff);
    }
    Stream<Sample> plain =
        Stream.of("png", "jpg", "gif", "bmp", "tiff")
            .map(format -> new Sample(format, Pictures.encoded(image, format)));
    Stream<Sample> compressed =
        Stream.of("LZW", "Deflate", "PackBits", "JPEG")
            .map(how -> new Sample("tiff " + how, Pictures.encoded(image, "tiff", how, false)));
    return Stream.of(
            plain,
            compressed,
            Stream.of(
                new Sample("progressive jpg", Pictures.encoded(image, "jpg", "JPEG", true)),
                new Sample("webp", Pictures.webp(60, 50, (x, y) -> x * y % 7 < 3))))
        .flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whole_files_are_read(Sample sample) throws Exception {
    Plane image = Pictures.grey(sample.content());

    assertThat(image).returns(60, Plane::width).returns(50, Plane::height);
    byte[] longer = Arrays.copyOf(sample.content(), sample.content().length + 40);
    assertThatCode(() -> Pictures.grey(longer))
        .as("bytes after the end")
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void files_that_are_cut_off_are_refused_wherever_they_end(Sample sample) {
    int length = sample.content().length;
    IntStream.of(10, 30, 45, 60, 75, 90, 99)
        .map(percent -> length * percent / 100)
        .forEach(
            end ->
                assertThatThrownBy(
                        () -> Pictures.grey(Arrays.copyOf(sample.content(), end)),
                        "%d of %d bytes",
                        end,
                        length)
                    .isInstanceOf(UnreadableImage.class)
                    .hasMessageMatching("is (damaged: .+|not a picture of a known format)")
                    .hasMessageNotContaining("null"));
  }

  @Test
  void a_jpeg_that_goes_on_with_zeros_is_refused() {
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] jpeg = Pictures.encoded(noise(), "jpg", "JPEG", progressive);
      Arrays.fill(jpeg, jpeg.length * 6 / 10, jpeg.length, (byte) 0);
      assertThatThrownBy(() -> Pictures.grey(jpeg), "progressive %s", progressive)
          .isInstanceOf(UnreadableImage.class)
          .hasMessageStartingWith("is damaged: ");
    }
  }

  @Test
  void any_altered_byte_of_a_png_is_found() {
    byte[] png = Pictures.encoded(noise(), "png");
    for (int at = 50; at < png.length; at += png.length / 40) {
      byte[] altered = png.clone();
      altered[at] ^= 0x10;
      assertThatThrownBy(() -> Pictures.grey(altered), "byte %d", at)
          .isInstanceOf(UnreadableImage.class);
    }
  }

  @Test
  void bytes_that_fill_up_the_end_of_a_plain_jpeg_do_no_harm() {
    byte[] jpeg = Pictures.encoded(noise(), "jpg");
    byte[] filled = Arrays.copyOf(jpeg, jpeg.length + 3);
    filled[filled.length - 2] = (byte) 0xff;
    filled[filled.length - 1] = (byte) 0xd9;
    filled[jpeg.length - 2] = 5;
    filled[jpeg.length - 1] = 5;

    assertThatCode(() -> Pictures.grey(filled)).doesNotThrowAnyException();
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 64; i++) {
      image.getRaster().setSample(i % 64, i / 64, 0, i * 7919 % 251);
    }
    return image;
  }
}
