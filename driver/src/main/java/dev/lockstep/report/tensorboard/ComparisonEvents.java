package dev.lockstep.report.tensorboard;

import dev.lockstep.report.ComparedRun;
import dev.lockstep.report.tensorboard.HParams.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Several runs as an experiment of TensorBoard's HParams: each run a session, grouped by kind, so
 * that seeds are averaged over.
 */
public final class ComparisonEvents {
  private static final String LOSS = "train/loss";

  private final double now = EventFile.now();
  private final Path folder;

  /**
   * @param folder of the experiment
   */
  public ComparisonEvents(Path folder) {
    this.folder = folder;
  }

  /** Writes all runs. */
  public void write(List<ComparedRun> runs) throws IOException {
    try (EventFile experiment = EventFile.create(folder)) {
      experiment.summary(now, 0, List.of(HParams.experiment(domains(runs), List.of(LOSS), now)));
    }
    for (ComparedRun run : runs) {
      write(run);
    }
  }

  private static Map<String, Set<Object>> domains(List<ComparedRun> runs) {
    Map<String, Set<Object>> domains = new LinkedHashMap<>();
    for (ComparedRun run : runs) {
      run.settings()
          .forEach((name, value) -> domains.computeIfAbsent(name, n -> new TreeSet<>()).add(value));
    }
    return domains;
  }

  private void write(ComparedRun run) throws IOException {
    String name = run.kind().replace(' ', '-') + "-seed-" + run.seed();
    double startedAt = now - run.seconds();
    try (EventFile file = EventFile.create(folder.resolve(name))) {
      file.restart(startedAt, 0);
      file.summary(
          startedAt, 0, List.of(HParams.sessionStart(run.settings(), run.kind(), startedAt)));
      int count = run.steps().length;
      for (int i = 0; i < count; i++) {
        file.summary(
            startedAt + run.seconds() * (i + 1) / count,
            (long) run.steps()[i],
            List.of(Summaries.scalar(LOSS, run.losses()[i])));
      }
      Status status = run.diverged() ? Status.FAILURE : Status.SUCCESS;
      long last = count == 0 ? 0 : (long) run.steps()[count - 1];
      file.summary(now, last, List.of(HParams.sessionEnd(status, now)));
    }
  }
}
