package dev.lockstep.report;

import dev.lockstep.predict.PredictionProgress;
import java.time.Duration;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on a terminal; elsewhere a line now and then, with rate and time left. */
public final class PredictionBar implements PredictionProgress {
  private final Console console;
  private final String what;
  private ProgressBar bar;
  private long all;
  private long before;
  private long startedAt;
  private long lineAt;

  /**
   * @param what is predicted: pictures, or rows
   */
  public PredictionBar(Console console, String what) {
    this.console = console;
    this.what = what;
  }

  @Override
  public void started(long examples, long doneBefore) {
    all = examples;
    before = doneBefore;
    startedAt = System.nanoTime();
    lineAt = startedAt;
    if (before > 0) {
      console.progress(
          "resumed",
          Map.of("done", before, what, all),
          "going on: %s of %s %s are done"
              .formatted(Figures.count(before), Figures.count(all), what));
    }
    if (console.showsBar()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("predict")
              .setUnit(" " + what, 1)
              .setInitialMax(all)
              .startsFrom(before, Duration.ZERO)
              .setConsumer(new ConsoleProgressBarConsumer(System.err, 110))
              .showSpeed()
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public void done(long done) {
    long now = System.nanoTime();
    if (bar != null) {
      bar.stepTo(done);
    } else if (done > before && done < all && now - lineAt >= Terminal.SILENCE_NANOS) {
      lineAt = now;
      double rate = (done - before) / ((now - startedAt) / 1e9);
      console.progress(
          "progress",
          Map.of("done", done, what, all, what + "PerSecond", rate),
          "predicted %s of %s  %s/s  %s left"
              .formatted(
                  Figures.count(done),
                  Figures.count(all),
                  Figures.count(Math.round(rate)),
                  Figures.duration((all - done) / rate)));
    }
  }

  @Override
  public void ended() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
