package dev.lockstep.cli;

import dev.lockstep.memory.DataMemory;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How much of the data is in memory at once. */
final class MemoryOption {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  private Map<String, String> settings = Map.of();

  @Option(
      names = "--data-memory",
      paramLabel = "SIZE",
      description =
          "Memory for the examples of each worker, such as 256m. If they need more, they are kept on"
              + " the disk that spark.local.dir names, and so much of them is in memory at once."
              + " Default: 40%% of the heap, over the workers that share it.")
  private void set(String size) {
    try {
      DataMemory.parsed(size);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--data-memory: " + e.getMessage());
    }
    settings = Map.of(DataMemory.SETTING, size);
  }

  /** For Spark. */
  Map<String, String> settings() {
    return settings;
  }
}
