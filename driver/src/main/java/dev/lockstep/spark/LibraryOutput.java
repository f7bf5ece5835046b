package dev.lockstep.spark;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What libraries print on standard error by themselves. Spark's threads have stack traces printed
 * where they fail because Spark, or the process, is ending: by then the user has been told all.
 */
public final class LibraryOutput {
  private LibraryOutput() {}

  /**
   * Prints nothing of it from now on. Log lines, and streams that somebody holds, go on.
   *
   * @return what {@link System#err} was
   */
  public static PrintStream silence() {
    PrintStream usual = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    return usual;
  }
}
