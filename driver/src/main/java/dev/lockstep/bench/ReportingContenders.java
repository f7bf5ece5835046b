package dev.lockstep.bench;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.NetworkOutline;
import dev.lockstep.report.Console;
import dev.lockstep.report.ConsoleProgress;
import dev.lockstep.report.Environment;
import dev.lockstep.report.History;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunMetrics;
import dev.lockstep.report.RunReporter;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.Terminal;
import dev.lockstep.report.html.RunReport;
import dev.lockstep.report.tensorboard.TensorBoard;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.Listeners;
import dev.lockstep.train.RunListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The same training, unwatched and with all reporting there is: what reporting costs. */
final class ReportingContenders {
  /** As {@code train mnist} displays. */
  private static final Cadence DISPLAY = new Cadence(100, Cadence.Unit.STEPS);

  private static final BiFunction<ModelState, Double, Map<String, Double>> FIGURES =
      (state, loss) -> Map.of("loss", loss);

  private final Arena arena;
  private final LockstepContenders lockstep;

  ReportingContenders(Arena arena) {
    this.arena = arena;
    lockstep = new LockstepContenders(arena);
  }

  List<Contender> all() {
    return List.of(
        lockstep.watched("no reporting", () -> Watch.NONE),
        lockstep.watched("progress, TensorBoard, metrics and report", this::everything));
  }

  private Watch everything() {
    try {
      Path folder = Files.createTempDirectory("lockstep-bench");
      List<RunReporter> reporters = reporters(folder);
      List<RunListener> listeners = new ArrayList<>(reporters);
      listeners.add(new History(FIGURES));
      listeners.add(new RunMetrics());
      listeners.add(
          new ConsoleProgress(
              new Console(
                  new PrintWriter(Writer.nullWriter()), Console.Style.LINES, Terminal.PLAIN),
              FIGURES));
      return new Watch(
          DISPLAY,
          new Listeners(listeners),
          result -> {
            RunEnd end = new RunEnd(result, Map.of(), Optional.empty(), Optional.empty());
            reporters.forEach(reporter -> reporter.finished(end));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<RunReporter> reporters(Path folder) {
    RunSubject subject =
        new RunSubject(
            "bench",
            "a training that is timed",
            NetworkOutline.of(NetworkDefinition.of(arena.task().network())),
            arena.training().schema(),
            Map.of("workers", arena.workers()),
            Environment.of(arena.spark()),
            FIGURES);
    return List.of(
        new TensorBoard(folder.resolve("events"), subject, ReportingContenders::fail),
        new RunReport(folder.resolve("report.html"), subject, ReportingContenders::fail));
  }

  private static void fail(String warning) {
    throw new IllegalStateException(warning);
  }
}
