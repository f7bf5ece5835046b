package dev.lockstep.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.GradientAveraging;
import dev.lockstep.strategy.OuterOptimizer;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.PostLocal;
import dev.lockstep.strategy.Schedule;
import dev.lockstep.strategy.TrainingLength;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyGridTest {
  private static final String MEANT = "a network, its data and learning rates";
  private static final Schedule SCHEDULE =
      new Schedule(new int[] {40, 40}, 4, EpochEnd.RUN_ON, new TrainingLength.Epochs(2));

  @Test
  void what_makes_no_difference_is_trained_once() {
    List<StudyCell> cells =
        grid(List.of(1, 4), List.of("2", "gradients"), List.of("none", "slowmo"));

    // One worker; period 2 with both outer optimizers; gradients, of which none makes anything.
    assertThat(cells).hasSize(2 * (1 + 2 + 1)).doesNotHaveDuplicates();
    assertThat(cells.stream().map(StudyCell::name)).doesNotHaveDuplicates();
  }

  @Test
  void one_worker_is_trained_even_if_nobody_asks_for_it() {
    assertThat(grid(List.of(4), List.of("2"), List.of("none")))
        .hasSize(2 * 2)
        .anyMatch(cell -> cell.workers() == 1);
  }

  @Test
  void names_are_strategies() {
    ParameterAveraging two = ParameterAveraging.every(2).on(SCHEDULE);
    OuterOptimizer diLoCo = new OuterOptimizer(OuterRule.NESTEROV, 0.7, 0.9);

    assertThat(averaging("2", "none")).isEqualTo(two);
    assertThat(averaging("epoch", "none")).isEqualTo(ParameterAveraging.every(10).on(SCHEDULE));
    assertThat(averaging("2", "diloco")).isEqualTo(two.withOuter(diLoCo));
    assertThat(averaging("2", "nesterov:0.7:0.9")).isEqualTo(two.withOuter(diLoCo));
    assertThat(averaging("2", "post-local+diloco"))
        .isEqualTo(new PostLocal(10, two.withOuter(diLoCo)));
    assertThat(averaging("2", "local-sgd")).isEqualTo(two.withOuter(diLoCo));
    assertThat(averaging("2", "local-sgd+none")).isEqualTo(two);
    assertThat(averaging("gradients", "none")).isEqualTo(new GradientAveraging());
    assertThat(averaging("auto", "none"))
        .isEqualTo(ParameterAveraging.every(1).automatic().on(SCHEDULE));
  }

  @Test
  void workers_of_local_sgd_share_the_minibatch_of_one_process() {
    List<StudyCell> cells = grid(List.of(4, 64), List.of("2"), List.of("none", "local-sgd"));

    assertThat(cells.stream().filter(cell -> cell.seed() == 1))
        .extracting(
            StudyCell::workers, cell -> cell.averaging().outer(), StudyCell::workerMinibatch)
        .containsExactly(
            tuple(1, "none", 64),
            tuple(4, "none", 64),
            tuple(4, "local-sgd", 16),
            tuple(64, "none", 64),
            tuple(64, "local-sgd", 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|none|expected a number of minibatches from 1 on, epoch, auto or gradients, found '0'",
        "1|nesterov:x|expected none, slowmo, diloco, post-local, local-sgd, RULE:RATE:MOMENTUM, or post-local+ or local-sgd+ one of these, found 'nesterov:x'",
        "1|local-sgd+post-local|expected sgd, momentum, nesterov or adam, found 'post-local'",
        "1|post-local+local-sgd|expected sgd, momentum, nesterov or adam, found 'local-sgd'",
        "1|quick|expected sgd, momentum, nesterov or adam, found 'quick'"
      })
  void other_names_are_refused(String period, String outer, String message) {
    assertThatThrownBy(() -> new AveragingName(period, outer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void rows_are_found_again_in_their_folder(@TempDir Path folder) throws IOException {
    StudyFolder<StudyRow> kept = new StudyFolder<>(folder, StudyRow.class);
    List<StudyCell> cells = grid(List.of(4), List.of("2"), List.of("post-local+sgd:0.5"));
    StudyRow row = row(cells.get(0), 0.9, 1);

    kept.write(row);

    assertThat(kept.find(cells.get(0).name(), MEANT)).contains(row);
    assertThat(kept.find(cells.get(0).name(), "another network in the same file")).isEmpty();
    assertThat(kept.find(cells.get(1).name(), MEANT)).isEmpty();
  }

  @Test
  void a_line_is_the_median_and_range_of_its_kind_against_one_process() {
    List<StudyCell> cells = grid(List.of(4), List.of("2"), List.of("none"));
    List<StudyRow> rows =
        IntStream.range(0, cells.size())
            .mapToObj(i -> row(cells.get(i), cells.get(i).workers() == 1 ? 0.95 : 0.8 + i, 3))
            .toList();

    StudyTable.Line line = StudyTable.lines(rows).get(1);

    assertThat(line.kind().workers()).isEqualTo(4);
    assertThat(line.runs()).isEqualTo(2);
    assertThat(line.accuracy()).isEqualTo((line.least() + line.greatest()) / 2);
    assertThat(line.greatest() - line.least())
        .isEqualTo(100, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(line.alone()).isEqualTo(line.accuracy() - 95);
    assertThat(StudyTable.of(rows)).contains("| softmax").doesNotContain("| optimizer");
  }

  private static StudyRow row(StudyCell cell, double accuracy, long rounds) {
    return new StudyRow(
        cell, MEANT, 0.01, 100, rounds, 5_000, accuracy, Double.NaN, 0.3, 20, false, 1.5);
  }

  private static Object averaging(String period, String outer) {
    return new AveragingName(period, outer).averaging(SCHEDULE);
  }

  private static List<StudyCell> grid(
      List<Integer> workers, List<String> periods, List<String> outers) {
    return new StudyGrid(
            List.of("softmax"),
            List.of("mnist"),
            workers,
            periods,
            outers,
            List.of("sgd"),
            List.of("default"),
            List.of("constant"),
            List.of("none"),
            10,
            64,
            2)
        .cells();
  }
}
