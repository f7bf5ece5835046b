package dev.lockstep.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep train}: what to train is a command of its own. */
@Command(
    name = "train",
    description = "Train a network over Spark by parameter averaging.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "linear|nonlinear|mnist|custom",
    footer = {
      "",
      "Examples:",
      "  lockstep train mnist --optimizer adam --epochs 20 --patience 5",
      "  lockstep train custom --network lenet --data mnist",
      "  lockstep train linear --help           options and defaults of one of them",
    },
    subcommands = {TrainLinear.class, TrainNonlinear.class, TrainMnist.class, TrainCustom.class})
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to train: linear, nonlinear, mnist or custom");
  }
}
