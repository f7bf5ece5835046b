package dev.lockstep.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.Schema;
import dev.lockstep.models.Dl4jLocalTrainer;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.NetworkOutline;
import dev.lockstep.models.Optimizer;
import dev.lockstep.models.TutorialNetworks;
import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.ContactSheet.Thumbnail;
import dev.lockstep.report.Plots.Fit;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunSubject;
import dev.lockstep.strategy.WorkerTime;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.Score;
import dev.lockstep.train.StoppingRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final MultiLayerNetwork NETWORK =
      TutorialNetworks.softmax(6, 2, Optimizer.SGD.updater(0.25), 1);
  private static final ModelState STATE = Dl4jLocalTrainer.stateOf(NETWORK);

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void a_finished_run_is_told_in_full() throws IOException {
    String page = finished("mnist");

    assertThat(page)
        .contains(
            "<h1>mnist</h1>",
            "<b>0.7500</b><span>test accuracy</span>",
            "<b>1,600</b><span>examples/s</span>",
            "Resumed at step 50.",
            "Stopped early: nothing better in 3 validations; the model of step 100 is kept.",
            "one Spark job a round: too few slots",
            "Training loss",
            "Validation accuracy",
            "<b>worker 1</b>",
            "0 as 1: 1",
            "<figcaption>0 as 1</figcaption>",
            "<th>batchSize</th><td>64</td>",
            "<th>local step</th><td>blas</td>",
            "OutputLayer",
            "W [6, 2], b [2]",
            "<th>step-000000200.zip</th><td>200</td>")
        .doesNotContain("step-000000100.zip");
    assertThat(warnings).isEmpty();
  }

  @Test
  void each_curve_has_a_point_for_each_display() throws IOException {
    String page = finished("mnist");

    assertThat(page).contains("<title>100: 2.50000</title>", "<title>200: 1.25000</title>");
    // Two displays, 100 rounds of 2 ms each: 1.5 ms of work of both workers, on the mean.
    assertThat(page).contains("title='compute 1.00 ms'", "title='launch 1.25 ms'");
  }

  @Test
  void what_comes_from_outside_is_escaped() throws IOException {
    String page = finished("<script>alert('x')</script>");

    assertThat(page)
        .doesNotContain("<script")
        .contains("<h1>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</h1>");
  }

  @Test
  void nothing_is_fetched_from_elsewhere() throws IOException {
    assertThat(finished("mnist"))
        .doesNotContain("http:", "https:", "url(", "@import", "<script", "<link")
        .contains("default-src 'none'");
  }

  @Test
  void points_with_what_the_network_says_are_drawn_by_x() throws IOException {
    report("line")
        .finished(
            new RunEnd(
                result(),
                Map.of("loss", 0.5),
                Optional.of(
                    new Fit(new float[] {2, 0, 1}, new float[] {4, 0, 1}, new float[] {3, 0, 2})),
                Optional.empty()));

    String page = Files.readString(folder.resolve("report.html"));
    assertThat(page).contains("<b>0.5</b><span>final loss</span>", ">Fit<");
    assertThat(page.split("<circle class='dot", -1)).hasSize(4);
    String curve = page.replaceAll("(?s).*<path class='curve  c4' d='([^']*)'.*", "$1");
    double[] xs =
        java.util.regex.Pattern.compile("[ML]([0-9.]+)")
            .matcher(curve)
            .results()
            .mapToDouble(place -> Double.parseDouble(place.group(1)))
            .toArray();
    assertThat(xs).hasSize(3).isSorted();
  }

  @Test
  void a_run_that_broke_off_says_why() throws IOException {
    RunReport report = report("mnist");
    watched(report);
    report.failed(new IllegalStateException("training diverged at step 210"));

    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("Broke off: training diverged at step 210", "Training loss");
  }

  @Test
  void a_run_that_broke_off_at_once_has_a_report_too() throws IOException {
    RunReport report = report("mnist");
    report.started(0, 400);
    report.failed(new IllegalStateException("no executor came"));

    assertThat(Files.readString(folder.resolve("report.html"))).contains("no executor came");
  }

  @Test
  void a_report_that_cannot_be_written_is_one_warning() throws IOException {
    Path file = Files.createDirectory(folder.resolve("report.html")).resolve("x");
    Files.writeString(file, "a folder in the way, that is not empty");

    report("mnist").failed(new IllegalStateException("x"));

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(folder.resolve("report.html") + ": cannot be written");
  }

  private String finished(String name) throws IOException {
    RunReport report = report(name);
    watched(report);
    report.finished(
        new RunEnd(
            result(),
            Map.of("loss", 1.25),
            Optional.empty(),
            Optional.of(
                new RunEnd.Test(
                    new ConfusionMatrix(new long[][] {{2, 1}, {0, 1}}),
                    new ContactSheet(List.of(new Thumbnail(new byte[6], 3, 2, "0 as 1")))))));
    return Files.readString(folder.resolve("report.html"));
  }

  private RunReport report(String name) {
    return new RunReport(
        folder.resolve("report.html"),
        new RunSubject(
            name,
            "a headline",
            NetworkOutline.of(NetworkDefinition.of(NETWORK)),
            Schema.classification(List.of(2, 3), 2),
            new TreeMap<>(Map.of("batchSize", 64)),
            Map.of("local step", "blas"),
            (state, loss) -> Map.of("loss", loss)),
        warnings::add);
  }

  private void watched(RunReport report) throws IOException {
    report.started(50, 400);
    report.notice("one Spark job a round: too few slots");
    for (int step = 100; step <= 200; step += 100) {
      RoundReport round = round(step);
      report.round(round);
      report.display(round, STATE);
      report.validated(round, new Score(0.5, 0.75));
      report.checkpoint(round, STATE, folder.resolve("step-%09d.zip".formatted(step)));
    }
    Files.writeString(folder.resolve("step-000000200.zip"), "a checkpoint that is still there");
    report.stoppedEarly(round(200), new StoppingRule.Seen(0.75, 100, 3));
  }

  private static RoundReport round(int step) {
    return new RoundReport(step / 2, step, 400, 1, 16L * step, 250.0 / step, step / 100.0, time());
  }

  /** Of fifty rounds that took 2.5 ms each, 1.25 ms of which two workers did something. */
  private static RoundTime time() {
    WorkerTime worker = new WorkerTime(2_500_000, 50_000_000, 5_000_000, 5_000_000);
    return new RoundTime(0.125, List.of(worker, worker));
  }

  private static RunResult result() {
    return new RunResult(STATE, 200, 1, 3200, 1.25, 2, time());
  }
}
