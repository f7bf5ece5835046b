package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.report.HistoryEntry.Displayed;
import dev.lockstep.report.HistoryEntry.Validated;
import dev.lockstep.strategy.WorkerTime;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import dev.lockstep.train.TargetErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final ModelState STATE = new ModelState(new float[] {1}, new float[0], 1);
  private static final RoundTime TIME = new RoundTime(0, List.of(WorkerTime.NONE));

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("history.jsonl");
  }

  @Test
  void a_resumed_run_has_the_curves_of_its_checkpoint_and_no_point_twice() {
    History killed = history(0);
    display(killed, 100, 200);
    validate(killed, 200);
    checkpoint(killed, 200);
    display(killed, 300);
    checkpoint(killed, 300);
    display(killed, 350);

    // The checkpoint at 300 was damaged.
    History resumed = history(200);
    display(resumed, 300, 400);

    assertThat(resumed.displays())
        .extracting(Displayed::step)
        .containsExactly(100L, 200L, 300L, 400L);
    assertThat(resumed.displays().get(1))
        .isEqualTo(new Displayed(200, 64, Map.of("loss", 0.5, "twice", 1.0)));
    assertThat(resumed.validations()).extracting(Validated::step).containsExactly(200L);
    assertThat(resumed.validations().get(0).score().accuracy()).isNaN();
    assertThat(warnings).isEmpty();
  }

  @Test
  void it_goes_on_after_several_resumptions() {
    History first = history(0);
    display(first, 100);
    checkpoint(first, 100);
    History second = history(100);
    display(second, 200);
    checkpoint(second, 200);

    assertThat(history(200).displays()).extracting(Displayed::step).containsExactly(100L, 200L);
  }

  @Test
  void a_line_that_was_not_written_to_its_end_is_passed_over() throws IOException {
    History killed = history(0);
    display(killed, 100);
    checkpoint(killed, 100);
    Files.writeString(file, "{\"event\":\"display\",\"st", StandardOpenOption.APPEND);

    History resumed = history(100);
    display(resumed, 200);
    checkpoint(resumed, 200);

    assertThat(history(200).displays()).extracting(Displayed::step).containsExactly(100L, 200L);
  }

  @Test
  void a_run_begun_anew_knows_nothing_of_the_old_one() {
    History old = history(0);
    display(old, 100);
    checkpoint(old, 100);

    assertThat(history(0).displays()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void only_checkpoints_that_are_still_there_are_listed() throws IOException {
    History history = history(0);
    checkpoint(history, 100);
    checkpoint(history, 200);
    Files.createFile(folder.resolve("step-200.zip"));

    assertThat(history.checkpoints())
        .extracting(HistoryEntry.Saved::name)
        .containsExactly("step-200.zip");
  }

  @Test
  void a_history_that_cannot_be_written_is_a_warning() throws IOException {
    Files.createDirectories(file.resolve("in the way"));
    History history = history(0);
    checkpoint(history, 100);

    assertThat(warnings)
        .hasSize(2)
        .allSatisfy(warning -> assertThat(warning).startsWith(file + ": "))
        .last()
        .asString()
        .contains("a resumed run will lack these curves");
  }

  private History history(long from) {
    History history =
        new History(
            (state, loss) -> Map.of("loss", loss, "twice", 2 * loss),
            CheckpointFolder.of(folder),
            warnings::add);
    history.started(from, 400);
    return history;
  }

  private static void display(History history, long... steps) {
    for (long step : steps) {
      history.display(report(step), STATE);
    }
  }

  private static void validate(History history, long step) {
    history.validated(
        report(step), new Evaluation.Regression(List.of(new TargetErrors(1, 1, 1, 0, 0)), 1));
  }

  private void checkpoint(History history, long step) {
    history.checkpoint(report(step), STATE, "step-%d.zip".formatted(step));
  }

  /** Of a run that trains 64 examples a second, one a step. */
  private static RoundReport report(long step) {
    return new RoundReport(step, step, 400, 1, step, 100.0 / step, step / 64.0, TIME);
  }
}
