package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The ways in which most pictures are read give the bits of the ways in which all can be. */
class ShrinkingProperties {
  private static BufferedImage drawn(int type, int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(seed);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    return image;
  }

  @Property(tries = 200)
  void a_picture_made_smaller_while_it_is_read_is_that_made_smaller_afterwards(
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 50) int newWidth,
      @ForAll @IntRange(min = 1, max = 50) int newHeight,
      @ForAll long seed) {
    int wide = Math.max(width, newWidth);
    int high = Math.max(height, newHeight);
    BufferedImage image = drawn(BufferedImage.TYPE_3BYTE_BGR, wide, high, seed);
    Pixels whole = ColourPixels.of(image);

    float[][] small = Shrinking.of(image.getRaster(), newWidth, newHeight);

    for (int band = 0; band < small.length; band++) {
      assertThat(small[band])
          .isEqualTo(whole.planes().get(band).scaled(newWidth, newHeight).values());
    }
  }

  @Property(tries = 50)
  void grey_of_bytes_is_grey_of_any_pixels(@ForAll long seed) {
    assertThat(GreyPixels.of(drawn(BufferedImage.TYPE_3BYTE_BGR, 40, 30, seed)).values())
        .isEqualTo(GreyPixels.of(drawn(BufferedImage.TYPE_INT_RGB, 40, 30, seed)).values());
  }
}
