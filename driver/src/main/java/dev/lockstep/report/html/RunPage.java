package dev.lockstep.report.html;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkOutline.Node;
import dev.lockstep.models.NetworkOutline.Parameter;
import dev.lockstep.report.Figures;
import dev.lockstep.report.Plots.Fit;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.WeightPictures;
import dev.lockstep.report.html.Chart.Series;
import dev.lockstep.report.html.Page.Note;
import dev.lockstep.report.html.Page.Width;
import dev.lockstep.report.html.RunLog.Display;
import dev.lockstep.report.html.RunLog.Saved;
import dev.lockstep.report.html.RunLog.Validation;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.StoppingRule;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The report of a run. */
final class RunPage {
  private static final int LOSS = 0;
  private static final int ACCURACY = 2;
  private static final int SPEED = 1;

  private final RunSubject subject;
  private final RunLog log;
  private final Page page;

  RunPage(RunSubject subject, RunLog log) {
    this.subject = subject;
    this.log = log;
    page = new Page(subject.name(), subject.headline());
  }

  /** Of a run that came to its end. */
  Page finished(RunEnd end) {
    notes();
    tiles(end);
    losses();
    end.fit().ifPresent(fit -> page.card("Fit", Width.HALF, fit(fit)));
    speed();
    end.test().ifPresent(this::test);
    weights(end.result().state());
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
    losses();
    speed();
    facts();
    return page;
  }

  private void notes() {
    if (log.firstStep() > 0) {
      page.note(Note.INFO, "Resumed at step %s.".formatted(Figures.count(log.firstStep())));
    }
    log.stopped().ifPresent(best -> page.note(Note.INFO, stopped(best)));
    log.notices().forEach(line -> page.note(Note.WARNING, line));
  }

  private static String stopped(StoppingRule.Seen best) {
    return "Stopped early: nothing better in %d validations; the model of step %s is kept."
        .formatted(best.waited(), Figures.count(best.bestSteps()));
  }

  private void tiles(RunEnd end) {
    RunResult result = end.result();
    end.test()
        .ifPresent(
            test -> page.tile("test accuracy", Figures.proportion(test.confusion().accuracy())));
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

  private void losses() {
    double[] steps = log.displays().stream().mapToDouble(Display::step).toArray();
    curve("Training loss", "loss", LOSS, steps, displayed(d -> d.figures().get("loss")));
    double[] validated = log.validations().stream().mapToDouble(Validation::step).toArray();
    curve("Validation accuracy", "accuracy", ACCURACY, validated, seen(v -> v.score().accuracy()));
    curve("Validation loss", "loss", LOSS, validated, seen(v -> v.score().loss()));
  }

  private void speed() {
    double[] steps = log.displays().stream().mapToDouble(Display::step).toArray();
    curve("Speed", "examples/s", SPEED, steps, displayed(Display::examplesPerSecond));
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

  private double[] displayed(ToDoubleFunction<Display> value) {
    return log.displays().stream().mapToDouble(value).toArray();
  }

  private double[] seen(ToDoubleFunction<Validation> value) {
    return log.validations().stream().mapToDouble(value).toArray();
  }

  private void curve(String heading, String name, int colour, double[] steps, double[] values) {
    if (steps.length > 0) {
      Series series = new Series(name, colour, steps, values);
      page.card(heading, Width.HALF, Chart.of("steps", name, series).html());
    }
  }

  private static Html fit(Fit fit) {
    int[] byX =
        IntStream.range(0, fit.x().length)
            .boxed()
            .sorted((a, b) -> Float.compare(fit.x()[a], fit.x()[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] x = pick(fit.x(), byX);
    Series network = new Series("network", 4, x, pick(fit.fitted(), byX));
    Series data = new Series("data", 0, x, pick(fit.y(), byX));
    return Html.join(
        new Chart("x", "y", List.of(network), List.of(data)).html(),
        new Html(
            "<ul class='legend'><li><i class='c0 round'></i>data</li>"
                + "<li><i class='c4'></i>network</li></ul>"));
  }

  private static double[] pick(float[] values, int[] order) {
    return IntStream.of(order).mapToDouble(i -> values[i]).toArray();
  }

  private void test(RunEnd.Test test) {
    ConfusionTable table = new ConfusionTable(test.confusion(), subject.data().classNames());
    page.card("Classes", Width.HALF, table.perClass());
    page.card("Confusion matrix of the test", Width.FULL, table.matrix());
    if (!test.mistakes().thumbnails().isEmpty()) {
      page.card("Wrongly read, of the test", Width.FULL, Images.grid(test.mistakes()));
    }
  }

  private void weights(ModelState state) {
    Optional<WeightPictures> pictures = WeightPictures.of(subject.network(), subject.data());
    pictures.ifPresent(
        drawn ->
            page.card(
                "Weights of the first layer",
                Width.FULL,
                Html.join(
                    Images.numbered(drawn.draw(state.parameters())),
                    new Html(
                        "<p class='muted'>One picture for each unit: red where light speaks for it,"
                            + " blue where against.</p>"),
                    learnt(drawn, state))));
  }

  /** The change of the weights, which random ones hide in the weights themselves. */
  private Html learnt(WeightPictures pictures, ModelState state) {
    if (log.displays().size() < 2) {
      return Html.NONE;
    }
    float[] change = state.parameters().clone();
    float[] before = log.firstDisplayed().parameters();
    for (int i = 0; i < change.length; i++) {
      change[i] -= before[i];
    }
    return Html.join(
        Html.of(
            "<p class='muted above'>Their change since step %s</p>",
            Figures.count(log.displays().get(0).step())),
        Images.numbered(pictures.draw(change)));
  }

  private void facts() {
    page.card("Network", Width.HALF, network());
    page.card("Checkpoints", Width.HALF, checkpoints());
    page.card("Configuration", Width.HALF, Tables.of(subject.config()));
    page.card("Environment", Width.HALF, Tables.of(subject.environment()));
  }

  private Html network() {
    List<List<String>> rows = new ArrayList<>();
    for (Node layer : subject.network().nodes()) {
      String shapes =
          String.join(
              ", ", layer.parameters().stream().map(p -> p.name() + " " + p.shape()).toList());
      long count = layer.parameters().stream().mapToLong(Parameter::length).sum();
      rows.add(
          List.of(
              layer.name(),
              layer.kind(),
              layer.activation().orElse(""),
              shapes,
              Figures.count(count)));
    }
    return Tables.of(List.of("layer", "kind", "activation", "parameters", "count"), rows);
  }

  private Html checkpoints() {
    List<List<String>> rows =
        log.checkpoints().stream()
            .filter(saved -> Files.exists(saved.file()))
            .map(saved -> List.of(saved.file().getFileName().toString(), step(saved)))
            .toList();
    return rows.isEmpty()
        ? new Html("<p class='muted'>None was written.</p>")
        : Tables.of(List.of("file", "step"), rows);
  }

  private static String step(Saved saved) {
    return Figures.count(saved.step());
  }
}
