package dev.lockstep.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is kept of a run for people to look at. */
final class ReportOptions {
  @Option(
      names = "--logdir",
      paramLabel = "DIR",
      description = {
        "Write events for TensorBoard, while training, into a folder below this one that is named as"
            + " the model directory. See them with: tensorboard --logdir DIR"
      })
  private Path logdir;

  @Option(names = "--no-report", description = "Write no report.html.")
  private boolean noReport;

  /** Where TensorBoard looks, if events are to be written. */
  Optional<Path> logdir() {
    return Optional.ofNullable(logdir);
  }

  /** Where the report goes, if there is to be one. */
  Optional<Path> report(Path folder) {
    return noReport ? Optional.empty() : Optional.of(folder.resolve("report.html"));
  }
}
