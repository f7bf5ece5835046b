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
  private ProgressBar bar;
  private long pictures;
  private long before;
  private long startedAt;
  private long lineAt;

  public PredictionBar(Console console) {
    this.console = console;
  }

  @Override
  public void started(long allPictures, long doneBefore) {
    pictures = allPictures;
    before = doneBefore;
    startedAt = System.nanoTime();
    lineAt = startedAt;
    if (before > 0) {
      console.progress(
          "resumed",
          Map.of("done", before, "pictures", pictures),
          "going on: %s of %s pictures are done"
              .formatted(Figures.count(before), Figures.count(pictures)));
    }
    if (console.showsBar()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("predict")
              .setUnit(" pictures", 1)
              .setInitialMax(pictures)
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
    } else if (done > before && done < pictures && now - lineAt >= Terminal.SILENCE_NANOS) {
      lineAt = now;
      double rate = (done - before) / ((now - startedAt) / 1e9);
      console.progress(
          "progress",
          Map.of("done", done, "pictures", pictures, "picturesPerSecond", rate),
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
