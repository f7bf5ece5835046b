package dev.lockstep.report;

import dev.lockstep.predict.PredictionProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on a terminal; elsewhere a line now and then, with rate and time left. */
public final class PredictionBar implements PredictionProgress {
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final PrintWriter out;
  private final Terminal terminal;
  private ProgressBar bar;
  private long pictures;
  private long before;
  private long startedAt;
  private long lineAt;

  public PredictionBar(PrintWriter out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void started(long allPictures, long doneBefore) {
    pictures = allPictures;
    before = doneBefore;
    startedAt = System.nanoTime();
    lineAt = startedAt;
    if (before > 0) {
      out.println(
          "going on: %s of %s pictures are done"
              .formatted(Figures.count(before), Figures.count(pictures)));
    }
    if (terminal == Terminal.INTERACTIVE) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("predict")
              .setUnit(" pictures", 1)
              .setInitialMax(pictures)
              .startsFrom(before, Duration.ZERO)
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
    } else if (done > before && done < pictures && now - lineAt >= LINE_NANOS) {
      lineAt = now;
      double rate = (done - before) / ((now - startedAt) / 1e9);
      out.println(
          "predicted %s of %s  %s/s  %s left"
              .formatted(
                  Figures.count(done),
                  Figures.count(pictures),
                  Figures.count(Math.round(rate)),
                  Figures.duration((pictures - done) / rate)));
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
