package dev.lockstep.report.html;

import dev.lockstep.data.PictureShape;
import dev.lockstep.data.Schema;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.ContactSheet.Thumbnail;
import dev.lockstep.report.History;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunSubject;
import dev.lockstep.strategy.WorkerTime;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import dev.lockstep.train.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Reports of small runs that never were. */
record ReportPages(Path folder, History history, List<String> warnings) {
  private static final MultiLayerNetwork NETWORK =
      TutorialNetworks.softmax(6, 2, Optimizer.SGD.updater(0.25), 1);
  private static final ConfusionMatrix CONFUSION =
      new ConfusionMatrix(new long[][] {{2, 1}, {0, 1}});
  private static final ModelState STATE = Dl4jLocalTrainer.stateOf(NETWORK);

  ReportPages(Path folder) {
    this(folder, new ArrayList<>());
  }

  private ReportPages(Path folder, List<String> warnings) {
    this(
        folder,
        new History(
            (state, loss) -> Map.of("loss", loss), CheckpointFolder.of(folder), warnings::add),
        warnings);
  }

  Path file() {
    return folder.resolve("report.html");
  }

  /** Of a run that was resumed and stopped early. */
  Path run() throws IOException {
    return run("mnist");
  }

  Path run(String name) throws IOException {
    RunReport report = report(name);
    watched(report);
    report.finished(
        new RunEnd(
            result(),
            Map.of("loss", 1.25),
            Optional.empty(),
            Optional.of(
                new RunEnd.Test(
                    CONFUSION,
                    new ContactSheet(
                        List.of(
                            new Thumbnail(new byte[6], new PictureShape(2, 3, 1), "0 as 1")))))));
    return file();
  }

  RunReport report(String name) {
    return new RunReport(
        file(),
        new RunSubject(
            name,
            "a headline",
            NetworkOutline.of(NetworkDefinition.of(NETWORK)),
            Schema.classification(List.of(2, 3), 2),
            new TreeMap<>(Map.of("batchSize", 64)),
            Map.of("local step", "blas"),
            ContactSheet.NONE,
            (state, loss) -> Map.of("loss", loss)),
        history,
        warnings::add);
  }

  void watched(RunReport report) throws IOException {
    report.started(50, 400);
    history.started(50, 400);
    report.notice("one Spark job a round: too few slots");
    for (int step = 100; step <= 200; step += 100) {
      RoundReport round = round(step);
      report.round(round);
      report.display(round, STATE);
      history.validated(round, new Classification(CONFUSION, List.of(), 2));
      history.display(round, STATE);
      history.checkpoint(round, STATE, "step-%09d.zip".formatted(step));
    }
    Files.writeString(folder.resolve("step-000000200.zip"), "a checkpoint that is still there");
    report.stoppedEarly(round(200), new EarlyStopping.Seen(0.75, 100, 3));
  }

  private static RoundReport round(int step) {
    return new RoundReport(step / 2, step, 400, 1, 16L * step, 250.0 / step, step / 100.0, time());
  }

  /** Of fifty rounds that took 2.5 ms each, 1.25 ms of which two workers did something. */
  private static RoundTime time() {
    WorkerTime worker = new WorkerTime(2_500_000, 50_000_000, 5_000_000, 5_000_000);
    return new RoundTime(0.125, List.of(worker, worker));
  }

  static RunResult result() {
    return new RunResult(STATE, 200, 1, 3200, 1.25, 2, time(), RunResult.Ending.COMPLETE);
  }
}
