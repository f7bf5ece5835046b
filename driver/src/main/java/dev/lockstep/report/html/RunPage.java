package dev.lockstep.report.html;

import dev.lockstep.report.Figures;
import dev.lockstep.report.History;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.html.Page.Note;
import dev.lockstep.report.html.Page.Width;
import dev.lockstep.report.html.RunLog.Reached;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.RunResult;
import java.util.List;
import java.util.Optional;

/** The report of a run. */
final class RunPage {
  private final RunSubject subject;
  private final History history;
  private final RunLog log;
  private final Page page;
  private final CurveCards curves;
  private final NetworkCards network;

  RunPage(RunSubject subject, History history, RunLog log) {
    this.subject = subject;
    this.history = history;
    this.log = log;
    page = new Page(subject.name(), subject.headline());
    curves = new CurveCards(page, history);
    network = new NetworkCards(page, subject);
  }

  /** Of a run that came to its end. */
  Page finished(RunEnd end) {
    notes();
    tiles(end);
    curves.learning();
    curves.averaging();
    end.fit().ifPresent(curves::fit);
    time();
    end.test().ifPresent(this::test);
    end.labels().ifPresent(this::labels);
    network.weights(end.result().state(), earlier(end.result().steps()));
    facts();
    return page;
  }

  /** Of a run that can be resumed. */
  Page interrupted(String command) {
    page.note(Note.WARNING, "Stopped. To go on: " + command);
    return unfinished();
  }

  /** Of a run that broke off. */
  Page failed(RuntimeException cause) {
    page.note(Note.FAILURE, "Broke off: " + cause.getMessage());
    return unfinished();
  }

  private Page unfinished() {
    notes();
    curves.learning();
    curves.averaging();
    time();
    facts();
    return page;
  }

  private void notes() {
    if (log.firstStep() > 0) {
      page.note(
          Note.INFO,
          "Resumed at step %s. Curves are of the whole run, times of what came after."
              .formatted(Figures.count(log.firstStep())));
    }
    log.stopped().ifPresent(best -> page.note(Note.INFO, stopped(best)));
    log.notices().forEach(line -> page.note(Note.WARNING, line));
  }

  private static String stopped(EarlyStopping.Seen best) {
    return "Stopped early: nothing better in %d validations; the model of step %s is kept."
        .formatted(best.waited(), Figures.count(best.bestSteps()));
  }

  private void tiles(RunEnd end) {
    RunResult result = end.result();
    end.test()
        .ifPresent(
            test -> page.tile("test accuracy", Figures.proportion(test.confusion().accuracy())));
    end.labels()
        .ifPresent(
            labels ->
                page.tile(
                    "test subset accuracy", Figures.proportion(labels.counts().subsetAccuracy())));
    if (end.metrics().get("loss") instanceof Double loss) {
      page.tile("final loss", Figures.setting(loss));
    }
    page.tile(
        "examples/s",
        Figures.count(Math.round(result.examples() / Math.max(result.seconds(), 1e-9))));
    page.tile("time", Figures.duration(result.seconds()));
    page.tile("steps", Figures.count(result.steps()));
    page.tile("epochs", Figures.count(result.epochs()));
    page.tile("parameters", Figures.count(result.state().parameters().length));
  }

  private void time() {
    curves.speed();
    log.time()
        .ifPresent(
            time ->
                page.card(
                    "Where time went",
                    Width.HALF,
                    Html.join(
                        TimeCards.round(time, log.last().orElseThrow().round()),
                        TimeCards.workers(time))));
  }

  private void test(RunEnd.Test test) {
    ConfusionTable table = new ConfusionTable(test.confusion(), subject.data().classNames());
    page.card("Classes", Width.HALF, table.perClass());
    page.card("Confusion matrix of the test", Width.FULL, table.matrix());
    if (!test.mistakes().thumbnails().isEmpty()) {
      page.card("Wrongly read, of the test", Width.FULL, Images.grid(test.mistakes()));
    }
  }

  private void labels(RunEnd.Labels labels) {
    LabelsTable table = new LabelsTable(labels.counts(), labels.names());
    page.card("Labels of the test", Width.HALF, table.html());
  }

  /** The first state displayed, if it is not the last. */
  private Optional<Reached> earlier(long steps) {
    return log.firstDisplayed().filter(first -> first.step() < steps);
  }

  private void facts() {
    if (!subject.augmented().thumbnails().isEmpty()) {
      page.card("As the network saw pictures", Width.FULL, Images.grid(subject.augmented()));
    }
    network.layers();
    page.card("Checkpoints", Width.HALF, checkpoints());
    page.card("Configuration", Width.HALF, Tables.of(subject.config()));
    page.card("Environment", Width.HALF, Tables.of(subject.environment()));
  }

  private Html checkpoints() {
    List<List<String>> rows =
        history.checkpoints().stream()
            .map(saved -> List.of(saved.name(), Figures.count(saved.step())))
            .toList();
    return rows.isEmpty()
        ? new Html("<p class='muted'>None was written.</p>")
        : Tables.of(List.of("file", "step"), rows);
  }
}
