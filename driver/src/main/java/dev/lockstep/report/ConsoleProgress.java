package dev.lockstep.report;

import dev.lockstep.models.ModelState;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.Score;
import dev.lockstep.train.StoppingRule;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A line for each display, and on a terminal a live line below them. */
public final class ConsoleProgress implements RunListener {
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintWriter out;
  private final Terminal terminal;
  private final BiFunction<ModelState, Double, Map<String, Double>> figures;
  private ProgressBar bar;
  private long firstStep;

  /**
   * @param figures what to display of a state and the loss of the round that led to it
   */
  public ConsoleProgress(
      PrintWriter out,
      Terminal terminal,
      BiFunction<ModelState, Double, Map<String, Double>> figures) {
    this.out = out;
    this.terminal = terminal;
    this.figures = figures;
  }

  @Override
  public void started(long steps, long totalSteps) {
    firstStep = steps;
    if (terminal == Terminal.INTERACTIVE) {
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
    if (bar != null) {
      bar.stepTo(report.steps());
      bar.setExtraMessage(
          " epoch %d, round %d, loss %s, %s examples/s"
              .formatted(
                  report.epoch(),
                  report.round(),
                  Figures.quantity(report.loss()),
                  Figures.count(Math.round(report.examplesPerSecond()))));
    }
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    line(
        "step %s/%s  epoch %d  round %d  %s  %s examples/s  %s left"
            .formatted(
                Figures.count(report.steps()),
                Figures.count(report.totalSteps()),
                report.epoch(),
                report.round(),
                Figures.line(figures.apply(state, report.loss())),
                Figures.count(Math.round(report.examplesPerSecond())),
                Figures.duration(report.secondsLeft(firstStep))));
  }

  @Override
  public void validated(RoundReport report, Score score) {
    line(
        "step %s/%s  validation accuracy %.4f  loss %s"
            .formatted(
                Figures.count(report.steps()),
                Figures.count(report.totalSteps()),
                score.accuracy(),
                Figures.quantity(score.loss())));
  }

  @Override
  public void stoppedEarly(RoundReport report, StoppingRule.Seen best) {
    line(
        "stopped: nothing better in %d validations; the model of step %s is kept"
            .formatted(best.waited(), Figures.count(best.bestSteps())));
  }

  private void line(String text) {
    out.println((bar == null ? "" : CLEAR_LINE) + text);
  }

  @Override
  public void ended() {
    if (bar != null) {
      bar.close();
      bar = null;
      out.print(CLEAR_LINE);
    }
  }
}
