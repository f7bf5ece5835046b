package dev.lockstep.report;

import dev.lockstep.data.fetch.DatasetFetcher;
import java.util.Map;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar for each file on a terminal; elsewhere a line every few seconds. */
public final class FetchProgress implements DatasetFetcher.Listener, AutoCloseable {
  private static final double MEGABYTE = 1e6;

  private final Console console;
  private ProgressBar bar;
  private String file = "";
  private long before;
  private long startedAt;
  private long toldAt;

  public FetchProgress(Console console) {
    this.console = console;
  }

  @Override
  public void progress(String name, long done, long total) {
    if (!name.equals(file)) {
      begin(name, done, total);
    }
    if (bar != null) {
      bar.stepTo(done);
    } else if (System.nanoTime() - toldAt > Terminal.SILENCE_NANOS) {
      tell(name, done, total);
    }
  }

  private void begin(String name, long done, long total) {
    close();
    file = name;
    before = done;
    startedAt = System.nanoTime();
    toldAt = startedAt;
    if (console.showsBar()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setUnit(" KB", 1000)
              .setInitialMax(total)
              .setConsumer(new ConsoleProgressBarConsumer(System.err, 110))
              .showSpeed()
              .clearDisplayOnFinish()
              .build();
    }
  }

  private void tell(String name, long done, long total) {
    toldAt = System.nanoTime();
    double rate = Math.max(1, done - before) / ((toldAt - startedAt) / 1e9);
    double left = (total - done) / rate;
    console.progress(
        "fetching",
        Map.of("file", name, "bytes", done, "total", total, "secondsLeft", left),
        "%s  %.0f of %.0f MB  %.1f MB/s  %s left"
            .formatted(
                name, done / MEGABYTE, total / MEGABYTE, rate / MEGABYTE, Figures.duration(left)));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
