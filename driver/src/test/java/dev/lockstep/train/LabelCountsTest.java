package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LabelCountsTest {
  private static final double EXACTLY = 1e-12;

  private static void addFirst(LabelCounts.Builder counts, double weight) {
    counts.add(new float[] {1, 0, 1}, new float[] {0.9f, 0.2f, 0.4f}, weight);
  }

  private static void addSecond(LabelCounts.Builder counts) {
    counts.add(new float[] {0, 0, 1}, new float[] {0.7f, 0.5f, 0.6f}, 1);
    counts.add(new float[] {1, 0, 0}, new float[] {0.8f, 0.1f, 0.2f}, 1);
  }

  @Test
  void figures_are_as_counted_by_hand() {
    LabelCounts.Builder counts = new LabelCounts.Builder(3);
    addFirst(counts, 1);
    addSecond(counts);

    LabelCounts told = counts.build().orElseThrow();

    assertThat(told.count()).isEqualTo(3);
    assertThat(told.labels())
        .containsExactly(
            new LabelCounts.Label(2, 1, 0),
            new LabelCounts.Label(0, 0, 0),
            new LabelCounts.Label(1, 0, 1));
    assertThat(told.labels().get(0).precision()).isEqualTo(2 / 3.0, within(EXACTLY));
    assertThat(told.labels().get(0).recall()).isEqualTo(1);
    assertThat(told.labels().get(0).f1()).isEqualTo(0.8, within(EXACTLY));
    assertThat(told.labels().get(1).f1()).as("of what nothing has").isZero();
    assertThat(told.subsetAccuracy()).isEqualTo(1 / 3.0, within(EXACTLY));
    assertThat(told.hammingLoss()).isEqualTo(2 / 9.0, within(EXACTLY));
    assertThat(told.microF1()).isEqualTo(0.75, within(EXACTLY));
    assertThat(told.macroF1()).isEqualTo((0.8 + 0 + 2 / 3.0) / 3, within(EXACTLY));
  }

  @Test
  void a_weight_of_two_is_two_equal_rows_and_parts_add_up() {
    LabelCounts.Builder weighted = new LabelCounts.Builder(3);
    addFirst(weighted, 2);
    LabelCounts.Builder twice = new LabelCounts.Builder(3);
    addFirst(twice, 1);
    addFirst(twice, 1);
    LabelCounts.Builder rest = new LabelCounts.Builder(3);
    addSecond(rest);

    LabelCounts one = weighted.build().orElseThrow().plus(rest.build().orElseThrow());
    LabelCounts other = twice.build().orElseThrow().plus(rest.build().orElseThrow());

    assertThat(one.labels()).isEqualTo(other.labels());
    assertThat(one.subsetAccuracy()).isEqualTo(other.subsetAccuracy());
    assertThat(one.hammingLoss()).isEqualTo(other.hammingLoss());
    assertThat(one.count()).isEqualTo(3);
    assertThat(one.weight()).isEqualTo(4);
  }

  @Test
  void values_between_0_and_1_are_no_labels() {
    LabelCounts.Builder counts = new LabelCounts.Builder(3);
    addFirst(counts, 1);
    counts.add(new float[] {0.5f, 0, 0}, new float[3], 1);

    assertThat(counts.build()).isEmpty();
  }
}
