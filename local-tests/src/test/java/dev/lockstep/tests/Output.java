package dev.lockstep.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What a process wrote, and its exit status.
 *
 * @param out standard output
 * @param err standard error
 */
record Output(int exitCode, String out, String err) {

  /** Runs a command to its end. */
  static Output of(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("OMP_NUM_THREADS", "SPARK_HOME"));
    builder.environment().putAll(environment);
    try {
      return of(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a process that was started still writes. */
  static Output of(Process process) {
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.errorReader()));
    String out = text(process.inputReader());
    return new Output(process.onExit().join().exitValue(), out, err.join());
  }

  private static String text(BufferedReader reader) {
    return reader.lines().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** All that it wrote. */
  String text() {
    return out + err;
  }
}
