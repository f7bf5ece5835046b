package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.ModelState;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentLoopTest {
  private static final ModelState START = new ModelState(new float[] {0}, new float[0], 0);
  private static final List<Segment> SEGMENTS = List.of(new Segment(0, 4), new Segment(4, 8));

  private int rounds;

  @Test
  void it_trains_all_segments_where_there_is_time() {
    assertThat(run(100)).containsExactly(new Segment(0, 4), new Segment(4, 8));
    assertThat(rounds).isEqualTo(4);
  }

  @Test
  void it_ends_after_the_round_in_which_time_is_over() {
    assertThat(run(3)).containsExactly(new Segment(0, 4), new Segment(4, 6));
    assertThat(rounds).isEqualTo(3);
  }

  @Test
  void it_trains_one_round_at_least() {
    assertThat(run(0)).containsExactly(new Segment(0, 2));
    assertThat(rounds).isEqualTo(1);
  }

  @Test
  void it_ends_where_the_driver_looks_if_that_is_waited_for() {
    List<Outcome> outcomes =
        new SegmentLoop((state, slot) -> slot + 2, this::round, () -> Pause.AT_LOOK)
            .run(START, SEGMENTS);

    assertThat(outcomes).extracting(Outcome::segment).containsExactly(new Segment(0, 4));
    assertThat(rounds).isEqualTo(2);
  }

  private List<Segment> run(int enough) {
    return new SegmentLoop(
            (state, slot) -> slot + 2, this::round, () -> rounds >= enough ? Pause.NOW : Pause.NONE)
        .run(START, SEGMENTS).stream().map(Outcome::segment).toList();
  }

  private Outcome round(ModelState start, Segment round) {
    rounds++;
    ModelState end = new ModelState(new float[] {round.to()}, new float[0], 0);
    return Outcome.of(end, round, List.of());
  }
}
