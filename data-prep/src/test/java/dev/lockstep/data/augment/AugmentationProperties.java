package dev.lockstep.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.DataError;
import dev.lockstep.data.PictureShape;
import dev.lockstep.data.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** The law of each change. */
class AugmentationProperties {
  private static final int SIDE = 12;
  private static final Schema COLOUR = Schema.classification(List.of(3, SIDE, SIDE), 2);

  private static float[] picture(long seed, int least, int most) {
    Random random = new Random(seed);
    float[] levels = new float[COLOUR.featureLength()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = least + random.nextInt(most - least + 1);
    }
    return levels;
  }

  private static Canvas canvas(float[] levels) {
    Canvas canvas = new Canvas(new PictureShape(SIDE, SIDE, 3));
    System.arraycopy(levels, 0, canvas.levels(), 0, levels.length);
    return canvas;
  }

  private static Draws draws(long id) {
    return Draws.of(1, 0, id, 0);
  }

  private static double mean(float[] levels, int channel) {
    int from = channel * SIDE * SIDE;
    double sum = 0;
    for (int i = from; i < from + SIDE * SIDE; i++) {
      sum += levels[i];
    }
    return sum / (SIDE * SIDE);
  }

  @Property(tries = 50)
  void flipping_twice_is_nothing(@ForAll long seed) {
    float[] levels = picture(seed, 0, 255);
    Canvas canvas = canvas(levels);

    Moves.Flip.mirror(canvas);

    assertThat(canvas.levels()[0]).as("the first is the last").isEqualTo(levels[SIDE - 1]);
    Moves.Flip.mirror(canvas);
    assertThat(canvas.levels()).as("flipped twice").isEqualTo(levels);
  }

  @Example
  void every_second_picture_is_flipped() {
    Augmenter augmenter = Augmentation.of("flip").of(COLOUR, 7);
    float[] levels = picture(1, 0, 255);
    int flipped = 0;
    for (int id = 0; id < 4000; id++) {
      float[] seen = levels.clone();
      augmenter.apply(0, id, seen);
      flipped += Arrays.equals(seen, levels) ? 0 : 1;
    }

    assertThat(flipped).as("of 4000").isBetween(1850, 2150);
  }

  @Property(tries = 50)
  void shifting_there_and_back_keeps_what_stays_inside(
      @ForAll long seed, @ForAll @IntRange(min = -4, max = 4) int across) {
    float[] levels = picture(seed, 1, 255);
    Canvas canvas = canvas(levels);

    Moves.Shift.move(canvas, across, -across);
    Moves.Shift.move(canvas, -across, across);

    for (int i = 0; i < levels.length; i++) {
      assertThat(canvas.levels()[i]).as("value %d: black or as before", i).isIn(0f, levels[i]);
    }
    long kept = Math.round(Math.pow(SIDE - Math.abs(across), 2)) * 3;
    long seen = 0;
    for (float level : canvas.levels()) {
      seen += level > 0 ? 1 : 0;
    }
    assertThat(seen).as("what stayed inside").isEqualTo(kept);
  }

  @Property(tries = 50)
  void a_crop_is_a_window_of_the_mirrored_picture(
      @ForAll long seed,
      @ForAll @IntRange(min = -4, max = 4) int across,
      @ForAll @IntRange(min = -4, max = 4) int down) {
    float[] levels = picture(seed, 0, 255);
    Canvas canvas = canvas(levels);

    Moves.Crop.cut(canvas, across, down);

    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int fromX = x + across < 0 ? -(x + across) : x + across;
        int fromY = y + down < 0 ? -(y + down) : y + down;
        fromX = fromX >= SIDE ? 2 * (SIDE - 1) - fromX : fromX;
        fromY = fromY >= SIDE ? 2 * (SIDE - 1) - fromY : fromY;
        assertThat(canvas.levels()[y * SIDE + x])
            .as("pixel %d, %d", x, y)
            .isEqualTo(levels[fromY * SIDE + fromX]);
      }
    }
  }

  @Property(tries = 30)
  void a_quarter_turn_moves_each_pixel_and_four_are_nothing(@ForAll long seed) {
    float[] levels = picture(seed, 0, 255);
    Canvas canvas = canvas(levels);

    Moves.Rotate.turn(canvas, Math.PI / 2);

    assertThat(canvas.levels()[0])
        .as("a corner comes from another")
        .isCloseTo(levels[(SIDE - 1) * SIDE], within(0.01f));
    for (int turn = 0; turn < 3; turn++) {
      Moves.Rotate.turn(canvas, Math.PI / 2);
    }
    assertThat(canvas.levels()).as("four turns").containsExactly(levels, Offset.offset(0.05f));
  }

  @Property(tries = 30)
  void what_is_of_one_level_stays_so_however_it_is_turned(
      @ForAll @IntRange(max = 255) int level,
      @ForAll @DoubleRange(min = -3, max = 3) double angle) {
    float[] levels = new float[COLOUR.featureLength()];
    Arrays.fill(levels, level);
    Canvas canvas = canvas(levels);

    Moves.Rotate.turn(canvas, angle);

    assertThat(canvas.levels()).containsExactly(levels, Offset.offset(0.001f));
  }

  @Property(tries = 50)
  void erasing_changes_a_square_to_the_mean_and_nothing_else(@ForAll long seed) {
    float[] levels = picture(seed, 0, 255);
    Canvas canvas = canvas(levels);

    new Levels.Erase(5).apply(canvas, draws(seed));

    for (int channel = 0; channel < 3; channel++) {
      int changed = 0;
      for (int i = channel * SIDE * SIDE; i < (channel + 1) * SIDE * SIDE; i++) {
        if (canvas.levels()[i] != levels[i]) {
          assertThat((double) canvas.levels()[i])
              .as("level %d", i)
              .isCloseTo(mean(levels, channel), within(0.001));
          changed++;
        }
      }
      assertThat(changed).as("of channel %d", channel).isBetween(1, 25);
    }
  }

  @Property(tries = 50)
  void brightness_is_one_factor_for_all(@ForAll long seed) {
    float[] levels = picture(seed, 1, 200);
    Canvas canvas = canvas(levels);

    new Levels.Brightness(0.25).apply(canvas, draws(seed));

    float factor = canvas.levels()[0] / levels[0];
    assertThat(factor).as("the factor").isBetween(0.75f, 1.25f);
    for (int i = 0; i < levels.length; i++) {
      assertThat(canvas.levels()[i]).as("level %d", i).isCloseTo(levels[i] * factor, within(0.01f));
    }
  }

  @Property(tries = 50)
  void contrast_keeps_the_mean_of_each_channel(@ForAll long seed) {
    float[] levels = picture(seed, 100, 150);
    Canvas canvas = canvas(levels);

    new Levels.Contrast(0.5).apply(canvas, draws(seed));

    for (int channel = 0; channel < 3; channel++) {
      assertThat(mean(canvas.levels(), channel))
          .as("mean of channel %d", channel)
          .isCloseTo(mean(levels, channel), within(0.001));
    }
    assertThat(canvas.levels()).as("changed").isNotEqualTo(levels);
  }

  @Property(tries = 30)
  void levels_stay_levels(@ForAll long seed) {
    Augmenter augmenter =
        Augmentation.of("flip,shift:3,crop:3,rotate:30,erase:4,brightness:0.9,contrast:0.9")
            .of(COLOUR, seed);
    float[] levels = picture(seed, 0, 255);

    augmenter.apply(3, 14, levels);

    for (float level : levels) {
      assertThat(level).isBetween(0f, 255f);
    }
  }

  @Property(tries = 30)
  void an_example_in_an_epoch_is_the_same_whatever_came_before(
      @ForAll long seed, @ForAll @IntRange(max = 100) int id) {
    float[] levels = picture(seed, 0, 255);
    float[] first = levels.clone();
    Augmentation.of("flip,crop:4,rotate:10").of(COLOUR, seed).apply(2, id, first);
    Augmenter other = Augmentation.of("flip,crop:4,rotate:10").of(COLOUR, seed);
    other.apply(1, id + 1, picture(3, 0, 255));
    float[] second = levels.clone();
    other.apply(2, id, second);

    assertThat(second).isEqualTo(first);
  }

  @Example
  void epochs_examples_and_seeds_differ() {
    Augmentation augmentation = Augmentation.of("rotate:30");
    float[] levels = picture(1, 0, 255);
    float[][] seen = {levels.clone(), levels.clone(), levels.clone(), levels.clone()};
    augmentation.of(COLOUR, 1).apply(0, 0, seen[0]);
    augmentation.of(COLOUR, 1).apply(1, 0, seen[1]);
    augmentation.of(COLOUR, 1).apply(0, 1, seen[2]);
    augmentation.of(COLOUR, 2).apply(0, 0, seen[3]);

    for (int i = 1; i < seen.length; i++) {
      assertThat(seen[i]).as("case %d", i).isNotEqualTo(seen[0]);
    }
  }

  @Example
  void one_more_change_leaves_the_others_what_they_are() {
    float[] levels = picture(1, 0, 255);
    float[] alone = levels.clone();
    float[] first = levels.clone();
    Augmentation.of("shift:3").of(COLOUR, 1).apply(0, 5, alone);
    Augmentation.of("shift:3,erase:1").of(COLOUR, 1).apply(0, 5, first);

    int differ = 0;
    for (int i = 0; i < levels.length; i++) {
      differ += alone[i] == first[i] ? 0 : 1;
    }
    assertThat(differ).as("but for what was erased").isLessThanOrEqualTo(3);
  }

  @Example
  void changes_are_written_as_they_are_read() {
    String all = "flip,shift:4,crop:4,rotate:15,erase:8,brightness:0.2,contrast:0.25";

    assertThat(Augmentation.of(all)).hasToString(all);
  }

  @Example
  void what_is_no_change_is_refused_in_one_line() {
    List.of("turn:3", "flip:2", "shift", "shift:1.5", "rotate:181", "brightness:2", "crop:-1", "")
        .forEach(
            text ->
                assertThatThrownBy(() -> Augmentation.of(text))
                    .as(text)
                    .isInstanceOf(DataError.class)
                    .hasMessageStartingWith("augmentation: expected")
                    .hasMessageEndingWith("found '%s'".formatted(text)));
    assertThatThrownBy(() -> Augmentation.of("flip").of(Schema.regression(4, 1), 1))
        .hasMessage(
            "only pictures [height, width] or [3, height, width] can be augmented, not examples of"
                + " [4]");
  }
}
