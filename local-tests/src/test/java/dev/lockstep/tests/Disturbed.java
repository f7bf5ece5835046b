package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command that runs on a cluster, with this process as its driver, while faults happen to it. */
final class Disturbed {
  /** Longer than any run takes, and shorter than what a test may take. */
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(4);

  private final CompletableFuture<CommandLine> command;
  private final long begunAt = System.nanoTime();
  private int attempts = -1;

  /** What happens while the command runs. */
  interface Faults {
    void happen(Disturbed run) throws Exception;
  }

  private Disturbed(CompletableFuture<CommandLine> command) {
    this.command = command;
  }

  /**
   * Runs a command and lets the faults happen; what came of it. Faults must have ended the command,
   * or training must have begun or gone on after the last of them. One that does not end fails the
   * test, which shows what all threads of the driver do.
   */
  static CommandLine run(Map<String, String> settings, String[] arguments, Faults faults)
      throws Exception {
    settings.forEach(System::setProperty);
    SparkEvents.forget();
    try {
      CompletableFuture<CommandLine> command =
          CompletableFuture.supplyAsync(() -> CommandLine.run(arguments));
      Disturbed run = new Disturbed(command);
      try {
        faults.happen(run);
      } finally {
        run.await(command::isDone);
      }
      if (command.join().exitCode() == 0) {
        assertThat(SparkEvents.attempts())
            .as("stages begun, which must be more than before the last fault")
            .isGreaterThan(run.attempts);
      }
      return command.join();
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }

  /**
   * Waits.
   *
   * @return whether the condition holds; not, if the command has ended first
   */
  boolean await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (command.isDone()) {
        return false;
      }
      if (System.nanoTime() - begunAt > LONGEST_NANOS) {
        throw new AssertionError("the command does not end:\n" + threads());
      }
      Pause.brief();
    }
    return true;
  }

  private static String threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .map(
            thread ->
                Stream.of(thread.getValue())
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining("", thread.getKey().toString(), "\n")))
        .sorted()
        .collect(Collectors.joining());
  }

  /** Waits for what has to happen before the command ends. */
  void require(BooleanSupplier condition) {
    assertThat(await(condition)).as(() -> "ended first: " + command.join()).isTrue();
  }

  /** Waits until both workers train: now a fault can happen. */
  void requireTraining() {
    require(Disturbed::trains);
    attempts = SparkEvents.attempts();
  }

  /** Whether both workers train. */
  static boolean trains() {
    return SparkEvents.workers() == 2;
  }
}
