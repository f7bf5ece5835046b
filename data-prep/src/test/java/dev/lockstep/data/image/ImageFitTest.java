package dev.lockstep.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ImageFitTest {

  @Test
  void mnist_scales_what_is_drawn_to_twenty_pixels_around_its_centre_of_mass() throws Exception {
    Plane fitted = ImageFit.MNIST.apply(block(200, 100, 150, 20, 10, 40), 28, 28);

    // 10 wide and 40 high becomes 5 wide and 20 high, in the middle.
    assertThat(fitted.at(14, 14)).isEqualTo(255);
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        boolean inside = x >= 11 && x < 17 && y >= 4 && y < 24;
        assertThat(fitted.at(x, y) > 0).as(x + ", " + y).isIn(false, inside);
      }
    }
    assertThat(sum(fitted)).isEqualTo(5 * 20 * 255);
  }

  @Test
  void a_picture_of_the_right_size_is_taken_as_it_is() throws Exception {
    Plane image = block(28, 28, 1, 1, 3, 3);

    for (ImageFit fit : ImageFit.values()) {
      assertThat(fit.apply(image, 28, 28)).isSameAs(image);
    }
  }

  @Test
  void nothing_drawn_stays_nothing() throws Exception {
    assertThat(sum(ImageFit.MNIST.apply(block(50, 60, 0, 0, 0, 0), 28, 28))).isZero();
  }

  @Test
  void stretch_fills_the_field_and_pad_keeps_proportions() throws Exception {
    Plane wide = block(40, 20, 0, 0, 40, 20);

    assertThat(sum(ImageFit.STRETCH.apply(wide, 10, 10))).isEqualTo(100 * 255);
    Plane padded = ImageFit.PAD.apply(wide, 10, 10);
    assertThat(sum(padded)).isEqualTo(50 * 255);
    assertThat(padded.at(5, 0)).isZero();
    assertThat(padded.at(5, 5)).isEqualTo(255);
  }

  @Test
  void none_refuses_another_size() {
    assertThatThrownBy(() -> ImageFit.NONE.apply(block(40, 20, 0, 0, 1, 1), 28, 28))
        .isInstanceOf(UnreadableImage.class)
        .hasMessage("has 40 x 20 pixels, the network takes 28 x 28: choose another --fit");
  }

  @Test
  void black_on_white_is_inverted_where_the_border_is_bright() {
    Plane white = block(10, 10, 0, 0, 10, 10);
    Plane black = block(10, 10, 4, 4, 2, 2);

    assertThat(sum(Inversion.AUTO.apply(white))).isZero();
    assertThat(Inversion.AUTO.apply(black)).isSameAs(black);
    assertThat(Inversion.NO.apply(white)).isSameAs(white);
    assertThat(sum(Inversion.YES.apply(black))).isEqualTo(96 * 255);
  }

  @Property(tries = 200)
  void resizing_keeps_the_mean(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 1, max = 40) int newHeight) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 37 % 256;
    }
    Plane image = new Plane(width, height, values);

    Plane resized = image.resized(newWidth, newHeight);

    assertThat(sum(resized) / (newWidth * newHeight))
        .isCloseTo(sum(image) / (width * height), Offset.offset(0.01));
  }

  private static double sum(Plane image) {
    double sum = 0;
    for (float value : image.values()) {
      sum += value;
    }
    return sum;
  }

  private static Plane block(int width, int height, int left, int top, int w, int h) {
    float[] values = new float[width * height];
    for (int y = top; y < top + h; y++) {
      for (int x = left; x < left + w; x++) {
        values[y * width + x] = 255;
      }
    }
    return new Plane(width, height, values);
  }
}
