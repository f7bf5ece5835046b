package dev.lockstep.report;

import dev.lockstep.data.DatasetFetcher;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar for each file on a terminal; elsewhere nothing, since files are few and small. */
public final class FetchProgress implements DatasetFetcher.Listener, AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final Terminal terminal;
  private ProgressBar bar;
  private String file = "";

  public FetchProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void progress(String name, long done, long total) {
    if (terminal == Terminal.PLAIN) {
      return;
    }
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
