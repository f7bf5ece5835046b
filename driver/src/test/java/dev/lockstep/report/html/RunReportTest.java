package dev.lockstep.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.report.Plots.Fit;
import dev.lockstep.report.RunEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  @TempDir private Path folder;
  private ReportPages pages;

  @BeforeEach
  void nameFolder() {
    pages = new ReportPages(folder);
  }

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
    assertThat(pages.warnings()).isEmpty();
  }

  @Test
  void each_curve_has_a_point_for_each_display() throws IOException {
    String page = finished("mnist");

    assertThat(page).contains("<title>100: 2.50000</title>", "<title>200: 1.25000</title>");
    // Two displays, 100 rounds of 2 ms each: 1.5 ms of work of both workers, on the mean.
    assertThat(page).contains("title='compute 1.00 ms'", "title='launch 1.25 ms'");
  }

  @Test
  void speed_is_shown_from_zero_and_the_loss_so_that_its_course_is_seen() throws IOException {
    String page = finished("mnist");

    assertThat(chart(page, "Speed")).contains(">0</text>");
    assertThat(chart(page, "Training loss")).doesNotContain(">0</text>").contains(">1.2</text>");
  }

  private static String chart(String page, String heading) {
    int from = page.indexOf("<h2>" + heading);
    return page.substring(from, page.indexOf("</svg>", from));
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
    pages
        .report("line")
        .finished(
            new RunEnd(
                ReportPages.result(),
                Map.of("loss", 0.5),
                Optional.of(
                    new Fit(new float[] {2, 0, 1}, new float[] {4, 0, 1}, new float[] {3, 0, 2})),
                Optional.empty()));

    String page = Files.readString(folder.resolve("report.html"));
    assertThat(page).contains("<b>0.5</b><span>final loss</span>", ">Fit<");
    assertThat(page.split("<circle class='dot", -1)).hasSize(4);
    String curve = page.replaceAll("(?s).*<path class='curve  c4' d='([^']*)'.*", "$1");
    double[] xs =
        Pattern.compile("[ML]([0-9.]+)")
            .matcher(curve)
            .results()
            .mapToDouble(place -> Double.parseDouble(place.group(1)))
            .toArray();
    assertThat(xs).hasSize(3).isSorted();
  }

  @Test
  void a_run_that_broke_off_says_why() throws IOException {
    RunReport report = pages.report("mnist");
    pages.watched(report);
    report.failed(new IllegalStateException("training diverged at step 210"));

    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("Broke off: training diverged at step 210", "Training loss");
  }

  @Test
  void a_run_that_broke_off_at_once_has_a_report_too() throws IOException {
    RunReport report = pages.report("mnist");
    report.started(0, 400);
    report.failed(new IllegalStateException("no executor came"));

    assertThat(Files.readString(folder.resolve("report.html"))).contains("no executor came");
  }

  @Test
  void a_report_that_cannot_be_written_is_one_warning() throws IOException {
    Path file = Files.createDirectory(folder.resolve("report.html")).resolve("x");
    Files.writeString(file, "a folder in the way, that is not empty");

    pages.report("mnist").failed(new IllegalStateException("x"));

    assertThat(pages.warnings())
        .singleElement()
        .asString()
        .startsWith(folder.resolve("report.html") + ": cannot be written");
  }

  @Test
  void a_run_that_was_stopped_says_how_to_go_on() throws IOException {
    RunReport report = pages.report("mnist");
    pages.watched(report);
    report.interrupted("lockstep train mnist --resume");

    assertThat(Files.readString(pages.file()))
        .contains("Stopped. To go on: lockstep train mnist --resume", "Training loss");
  }

  private String finished(String name) throws IOException {
    return Files.readString(pages.run(name));
  }
}
