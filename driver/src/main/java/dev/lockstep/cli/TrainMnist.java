package dev.lockstep.cli;

import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.tutorial.MnistTutorial;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep train mnist}. */
@Command(
    name = "mnist",
    description = "Softmax regression on MNIST: 55,000 images to train, 10,000 to test.",
    mixinStandardHelpOptions = true,
    defaultValueProvider = Defaults.Mnist.class,
    footer = {
      "",
      "The tutorial: 10000 steps; learning rate 0.01, with Adam 0.001. Where parameters are averaged,",
      "the rate is that times the number of workers, at most 8, with Adam 64: the average of their",
      "steps would else be shorter than theirs together; and Adam's second moment decays that many",
      "times, at most 8, as fast, and with an outer optimizer the first as well.",
      "",
      "Examples:",
      "  lockstep train mnist --seed 1",
      "  lockstep train mnist --optimizer adam --epochs 20 --model-dir runs/adam",
      "  lockstep train mnist --epochs 100 --patience 5"
    })
final class TrainMnist implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TrainingOptions options;
  @Mixin private ValidationOptions validation;

  @Option(
      names = "--data",
      paramLabel = "mnist|fashion|DIR",
      description =
          "A data set to fetch, a folder with the four IDX files, or one that lockstep prepare"
              + " has written. Default: ${DEFAULT-VALUE}.",
      defaultValue = "mnist")
  private String data;

  @Option(
      names = "--normalise",
      paramLabel = "auto|none|scale|standardise",
      description =
          "How pixels become inputs: as they are, scaled to 0..1, or to mean 0 and deviation 1 over"
              + " all of the training data. It is saved with the model. Default: scale.",
      defaultValue = "auto")
  private NormalisationMethod normalise;

  @Override
  public Integer call() {
    options.validate();
    validation.validate();
    return TrainingSession.train(
        spec.commandLine(),
        "mnist",
        spark ->
            new MnistTutorial(
                DataFolder.parts(spark, OutputOptions.console(spec), data), normalise),
        options,
        Optional.of(validation));
  }
}
