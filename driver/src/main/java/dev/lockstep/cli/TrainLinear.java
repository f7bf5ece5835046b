package dev.lockstep.cli;

import dev.lockstep.tutorial.LinearTutorial;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockstep train linear}. */
@Command(
    name = "linear",
    description = "Fit y = W*x + b to the tutorial's 17 points.",
    mixinStandardHelpOptions = true,
    defaultValueProvider = Defaults.Linear.class,
    footer = {
      "",
      "The tutorial: 1000 epochs, learning rate 0.01.",
      "",
      "Example: lockstep train linear --optimizer adam --workers 1"
    })
final class TrainLinear implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TrainingOptions options;

  @Override
  public Integer call() {
    options.validate();
    return TrainingSession.train(
        spec.commandLine(), "linear", spark -> new LinearTutorial(), options, Optional.empty());
  }
}
