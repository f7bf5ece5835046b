package dev.lockstep.report;

import dev.lockstep.data.DatasetFetcher;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar for each file on a terminal; elsewhere a line on standard error every few seconds. */
public final class FetchProgress implements DatasetFetcher.Listener, AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final Terminal terminal;
  private ProgressBar bar;
  private String file = "";
  private long toldAt = System.nanoTime();

  public FetchProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void progress(String name, long done, long total) {
    if (terminal == Terminal.PLAIN) {
      tell(name, done, total);
    } else {
      draw(name, done, total);
    }
  }

  private void tell(String name, long done, long total) {
    if (System.nanoTime() - toldAt > Terminal.SILENCE_NANOS) {
      toldAt = System.nanoTime();
      System.err.printf("%s  %d of %d MB%n", name, done / MEGABYTE, total / MEGABYTE);
    }
  }

  private void draw(String name, long done, long total) {
    if (!name.equals(file)) {
      close();
      file = name;
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setUnit(" MB", MEGABYTE)
              .setInitialMax(total)
              .clearDisplayOnFinish()
              .build();
    }
    bar.stepTo(done);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
