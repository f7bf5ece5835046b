package dev.lockstep.report;

import dev.lockstep.models.ModelState;
import dev.lockstep.strategy.FoundPeriod;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.Evaluation.MultiLabel;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.Score;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A line for each display, and for a while without one; on a terminal a bar below them. */
public final class ConsoleProgress implements RunListener {
  private static final String CLEAR_LINE = "\r\033[K";

  private final Console console;
  private final BiFunction<ModelState, Double, Map<String, Double>> figures;
  private ProgressBar bar;
  private long firstStep;
  private long toldAt;
  private int period;

  /** The last round, unless it was displayed. */
  private RoundReport untold;

  /**
   * @param figures what to display of a state and the loss of the round that led to it
   */
  public ConsoleProgress(
      Console console, BiFunction<ModelState, Double, Map<String, Double>> figures) {
    this.console = console;
    this.figures = figures;
  }

  @Override
  public void resuming(long steps) {
    console.progress("resuming", Map.of("step", steps), "resuming at step " + Figures.count(steps));
  }

  @Override
  public void started(long steps, long totalSteps) {
    firstStep = steps;
    toldAt = System.nanoTime();
    if (console.showsBar()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("train")
              .setUnit(" steps", 1)
              .setInitialMax(totalSteps)
              .startsFrom(steps, Duration.ZERO)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              // The plain consumer keeps to one line, which display() can clear and write over.
              .setConsumer(new ConsoleProgressBarConsumer(System.err, 110))
              .build();
    }
  }

  @Override
  public void round(RoundReport report) {
    progress(report);
  }

  @Override
  public void progress(RoundReport report) {
    if (bar != null) {
      bar.stepTo(report.steps());
      bar.setExtraMessage(
          " epoch %d, round %d, loss %s, %s examples/s"
              .formatted(
                  report.epoch(),
                  report.round(),
                  Figures.quantity(report.loss()),
                  Figures.count(Math.round(report.examplesPerSecond()))));
    } else {
      if (untold != null && System.nanoTime() - toldAt > Terminal.SILENCE_NANOS) {
        tell("round", untold, Map.of("loss", untold.loss()));
      }
      untold = report;
    }
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    tell("display", report, figures.apply(state, report.loss()));
  }

  private void tell(String event, RoundReport report, Map<String, Double> quantities) {
    untold = null;
    toldAt = System.nanoTime();
    Map<String, Object> fields = where(report);
    fields.put("examplesPerSecond", report.examplesPerSecond());
    fields.put("secondsLeft", report.secondsLeft(firstStep));
    fields.putAll(quantities);
    line(
        event,
        fields,
        "%s  epoch %d  round %d  %s  %s examples/s  %s left"
            .formatted(
                steps(report),
                report.epoch(),
                report.round(),
                Figures.line(quantities),
                Figures.count(Math.round(report.examplesPerSecond())),
                Figures.duration(report.secondsLeft(firstStep))));
  }

  /** For people only where the period is another one. */
  @Override
  public void found(RoundReport report, FoundPeriod found) {
    if (found.period() != period || console.style() == Console.Style.JSON) {
      period = found.period();
      Map<String, Object> fields = where(report);
      fields.put("period", found.period());
      fields.put("agreement", found.agreement());
      fields.put("spread", found.spread());
      line(
          "averaging",
          fields,
          "%s  averaging period %d  agreement of workers %s"
              .formatted(steps(report), found.period(), Figures.quantity(found.agreement())));
    }
  }

  @Override
  public void validated(RoundReport report, Evaluation evaluation) {
    tell("validated", "", report, evaluation);
  }

  @Override
  public void averageValidated(RoundReport report, Evaluation evaluation) {
    tell("averageValidated", "averaged weights, ", report, evaluation);
  }

  private void tell(String event, String what, RoundReport report, Evaluation evaluation) {
    Score score = evaluation.score();
    Map<String, Object> fields = where(report);
    String accuracy = "";
    if (evaluation instanceof MultiLabel told) {
      fields.put("subsetAccuracy", score.accuracy());
      fields.put("microF1", told.labels().microF1());
      accuracy =
          "subset accuracy %s  micro F1 %s  "
              .formatted(
                  Figures.proportion(score.accuracy()),
                  Figures.proportion(told.labels().microF1()));
    } else if (score.hasAccuracy()) {
      fields.put("accuracy", score.accuracy());
      accuracy = "accuracy %s  ".formatted(Figures.proportion(score.accuracy()));
    }
    fields.put("loss", score.loss());
    line(
        event,
        fields,
        "%s  %svalidation %sloss %s"
            .formatted(steps(report), what, accuracy, Figures.quantity(score.loss())));
  }

  @Override
  public void stoppedEarly(RoundReport report, EarlyStopping.Seen best) {
    Map<String, Object> fields = where(report);
    fields.put("bestStep", best.bestSteps());
    line(
        "stoppedEarly",
        fields,
        "stopped: nothing better in %d validations; the model of step %s is kept"
            .formatted(best.waited(), Figures.count(best.bestSteps())));
  }

  /** For machines only: people see where checkpoints are when they need one. */
  @Override
  public void checkpoint(RoundReport report, ModelState state, String file) {
    if (console.style() == Console.Style.JSON) {
      Map<String, Object> fields = where(report);
      fields.put("file", file);
      console.progress("checkpoint", fields, "");
    }
  }

  private static Map<String, Object> where(RoundReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", report.steps());
    fields.put("totalSteps", report.totalSteps());
    fields.put("epoch", report.epoch());
    fields.put("round", report.round());
    return fields;
  }

  private static String steps(RoundReport report) {
    return "step %s/%s"
        .formatted(Figures.count(report.steps()), Figures.count(report.totalSteps()));
  }

  private void line(String event, Map<String, Object> fields, String text) {
    console.progress(event, fields, (bar == null ? "" : CLEAR_LINE) + text);
  }

  @Override
  public void ended() {
    if (bar != null) {
      bar.close();
      bar = null;
      console.out().print(CLEAR_LINE);
    }
  }
}
