package dev.lockstep.cli;

import dev.lockstep.tutorial.NonlinearTutorial;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep train nonlinear}. */
@Command(
    name = "nonlinear",
    description = "Fit y = x^2 + noise, 200 points, by a 1-10-1 network.",
    mixinStandardHelpOptions = true,
    defaultValueProvider = Defaults.Nonlinear.class,
    footer = {
      "",
      "The tutorial: 20000 steps; learning rate 0.1, with Adam 0.01.",
      "",
      "Example: lockstep train nonlinear --activation relu --output-activation tanh"
    })
final class TrainNonlinear implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private TrainingOptions options;

  @Option(
      names = "--activation",
      paramLabel = "tanh|sigmoid|relu|identity",
      description = "Of the hidden layer. Default: tanh.")
  private ActivationChoice activation = ActivationChoice.TANH;

  @Option(
      names = "--output-activation",
      paramLabel = "tanh|sigmoid|relu|identity",
      description = "Of the output layer. Default: that of the hidden layer, as in the tutorial.")
  private ActivationChoice outputActivation;

  @Override
  public Integer call() {
    options.validate();
    ActivationChoice output = outputActivation == null ? activation : outputActivation;
    NonlinearTutorial tutorial = activation.with(output, options.seed);
    return TrainingSession.train(
        spec.commandLine(), "nonlinear", spark -> tutorial, options, Optional.empty());
  }
}
