package dev.lockstep.bench;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.report.Console;
import dev.lockstep.report.ConsoleProgress;
import dev.lockstep.report.ContactSheet;
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
import dev.lockstep.train.RunResult;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** All reporting there is, of one training: progress, TensorBoard, metrics and report. */
final class FullReporting {
  /** As {@code train mnist} displays. */
  private static final Cadence DISPLAY = new Cadence(100, Cadence.Unit.STEPS);

  private static final BiFunction<ModelState, Double, Map<String, Double>> FIGURES =
      (state, loss) -> Map.of("loss", loss);

  private final List<RunReporter> reporters;
  private final Stopwatch listener;

  /**
   * @param folder where files go
   */
  FullReporting(BenchSetup setup, Path folder) {
    RunSubject subject = subject(setup);
    History history = new History(FIGURES, CheckpointFolder.of(folder), FullReporting::fail);
    reporters =
        List.of(
            new TensorBoard(
                folder.resolve("events"),
                subject,
                mistakes -> ContactSheet.NONE,
                FullReporting::fail),
            new RunReport(folder.resolve("report.html"), subject, history, FullReporting::fail));
    List<RunListener> listeners = new ArrayList<>(reporters);
    listeners.add(history);
    listeners.add(new RunMetrics());
    listeners.add(new ConsoleProgress(unseen(), FIGURES));
    listener = new Stopwatch(new Listeners(listeners));
  }

  Watch watch() {
    return new Watch(DISPLAY, listener, this::ended);
  }

  private void ended(RunResult result) {
    RunEnd end = new RunEnd(result, Map.of(), Optional.empty(), Optional.empty());
    listener.time(() -> reporters.forEach(reporter -> reporter.finished(end)));
  }

  /** How long training has waited for reporting. */
  double seconds() {
    return listener.seconds();
  }

  private static RunSubject subject(BenchSetup setup) {
    return new RunSubject(
        "bench",
        "a training that is timed",
        NetworkOutline.of(NetworkDefinition.of(setup.task().network())),
        setup.training().schema(),
        Map.of("workers", setup.workers()),
        Environment.of(setup.spark()),
        ContactSheet.NONE,
        FIGURES);
  }

  private static Console unseen() {
    return new Console(new PrintWriter(Writer.nullWriter()), Console.Style.LINES, Terminal.PLAIN);
  }

  private static void fail(String warning) {
    throw new IllegalStateException(warning);
  }
}
