package dev.lockstep.cli;

import dev.lockstep.data.Decoding;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.network.GradientClipping;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.strategy.WeightsAverage;
import dev.lockstep.task.StartChoice;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that all kinds of training share; each command has defaults of its own. */
final class TrainingOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Replicas trained in parallel. Default: as many as Spark has cores.")
  Integer workers;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Examples in a minibatch of one worker; with --preset local-sgd, of all together."
              + " Default: ${DEFAULT-VALUE}.")
  int batchSize;

  @Mixin StrategyOptions strategy;

  @Mixin MemoryOption memory;

  @Option(
      names = "--decode",
      paramLabel = "once|each-epoch",
      description =
          "When pictures in folders that are trained are decoded: when the run begins, or in each"
              + " epoch again, while others are trained, for data that decoded would not fit on the"
              + " disks. Results are those of data in memory. Default: ${DEFAULT-VALUE}.")
  Decoding decode;

  @Option(
      names = "--optimizer",
      paramLabel = "sgd|nesterovs|adam",
      description = "Update rule. Default: sgd; of train custom, the network's own.")
  Optimizer optimizer;

  @Option(names = "--learning-rate", paramLabel = "RATE", description = "Default: see below.")
  Double learningRate;

  @Option(
      names = "--learning-rate-schedule",
      paramLabel = "constant|step:EPOCHS:FACTOR|cosine|cosine:FLOOR|one-cycle",
      description =
          "How learning rates change as examples are trained, whatever the number of workers."
              + " Default: constant.")
  LearningRates.Shape rates = LearningRates.CONSTANT.shape();

  @Option(
      names = "--warmup",
      paramLabel = "EPOCHS",
      description =
          "Epochs, or a part of one, in which learning rates rise from 0. Default: 0; of train mnist"
              + " 1 with nesterovs, and with sgd and 8 workers or more 1 for each 16, 3 at most; of"
              + " train custom as many where --optimizer has adam or nesterovs and several workers,"
              + " or sgd and more than 32; none with one-cycle, which begins low itself.")
  Double warmup;

  @Option(
      names = "--gradient-clipping",
      paramLabel = "value:V|norm:V",
      description = {
        "value:V: no value of a gradient is more than V on either side of 0. norm:V: no layer's"
            + " gradient is longer than V.",
        "Default: as the network says."
      })
  GradientClipping clipping;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "Minibatches of a worker whose gradients make one step, as a minibatch N times as large"
              + " would in as much memory; steps are then counted in those. Default: 1.")
  int accumulate = 1;

  @Option(
      names = "--weights-average",
      paramLabel = "ema:DECAY|swa:EPOCH",
      description = {
        "A second model, validated too and saved beside the first, whose weights are averaged over"
            + " time: with ema:0.999 so much of older ones is left after each minibatch of any"
            + " worker; with swa:E they are the mean of those after each epoch from E on.",
        "Default: none."
      })
  WeightsAverage weights = WeightsAverage.NONE;

  @Option(names = "--epochs", paramLabel = "N", description = "Train each example that many times.")
  Integer epochs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Train that many minibatches, counted over all workers together. Default: see below.")
  Long steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Of the initial weights and of the order of examples. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--display-every",
      paramLabel = "N",
      description = "Steps (linear: epochs) between displays. Default: ${DEFAULT-VALUE}.")
  int displayEvery;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Steps (linear: epochs) between checkpoints. Default: ${DEFAULT-VALUE}.")
  int checkpointEvery;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "How many checkpoints to keep. Default: ${DEFAULT-VALUE}.")
  int keep;

  @Option(names = "--resume", description = "Continue from the newest checkpoint.")
  boolean resume;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description =
          "Where checkpoints go, on any file system that Hadoop knows, such as hdfs://host/runs/a."
              + " Default: checkpoints in the model directory.")
  String checkpointDir;

  @Option(
      names = "--local-step",
      paramLabel = "auto|blas|onednn|dl4j",
      description =
          "What computes a minibatch: BLAS for stacks of dense layers, oneDNN for convolutional"
              + " networks and graphs, or, many times slower, DL4J's fit for any. Default:"
              + " ${DEFAULT-VALUE}.")
  LocalStep localStep;

  @Option(names = "--no-plots", description = "Draw no pictures.")
  boolean noPlots;

  @Mixin ReportOptions reports;

  @Option(
      names = "--model-dir",
      paramLabel = "DIR",
      description =
          "Where the model and its checkpoints go: a folder of this machine or, such as"
              + " s3a://runs/mnist, of any file system that Hadoop knows. Default:"
              + " ${DEFAULT-VALUE}.")
  String modelDir;

  /**
   * How learning rates change.
   *
   * @param usual epochs of warm-up where nothing is said
   */
  LearningRates learningRates(double usual) {
    return warmup == null ? LearningRates.usual(rates, usual) : new LearningRates(rates, warmup);
  }

  /** Examples in a minibatch of one worker. */
  int minibatch(int workers) {
    return strategy.minibatch(batchSize, workers);
  }

  /** How long to train, if that was said. */
  Optional<TrainingLength> length() {
    if (epochs != null) {
      return Optional.of(new TrainingLength.Epochs(epochs));
    }
    return Optional.ofNullable(steps).map(TrainingLength.Steps::new);
  }

  /**
   * How to start, as far as that was said. Steps of Adam have one length, of gradients that were
   * averaged as well.
   */
  StartChoice startChoice(int workers) {
    double share = minibatch(workers) / (double) batchSize;
    return new StartChoice(
        Optional.ofNullable(optimizer),
        learningRate == null ? OptionalDouble.empty() : OptionalDouble.of(learningRate),
        workers,
        optimizer == Optimizer.ADAM ? workers : strategy.averaged(workers),
        share,
        strategy.outerOptimizer(),
        seed);
  }

  /** Complains about values that no training can have. */
  void validate() {
    atLeastOne("--workers", workers);
    atLeastOne("--batch-size", batchSize);
    atLeastOne("--epochs", epochs);
    atLeastOne("--steps", steps);
    atLeastOne("--display-every", displayEvery);
    atLeastOne("--checkpoint-every", checkpointEvery);
    atLeastOne("--keep", keep);
    atLeastOne("--accumulate", accumulate);
    strategy.validate(workers);
    if (strategy.strategy(workers).localStep(localStep) != localStep
        && localStep != LocalStep.AUTO) {
      throw usage(
          "--strategy dl4j computes by DL4J: leave out --local-step "
              + localStep.name().toLowerCase(Locale.ROOT));
    }
    if (!strategy.strategy(workers).makesOwnSteps()) {
      expectUnchanged("--learning-rate-schedule", rates.equals(LearningRates.CONSTANT.shape()));
      expectUnchanged("--warmup", warmup == null || warmup == 0);
      expectUnchanged("--accumulate", accumulate == 1);
      expectUnchanged("--weights-average", weights.equals(WeightsAverage.NONE));
    }
    if (epochs != null && steps != null) {
      throw usage("--epochs and --steps exclude each other: give one of them");
    }
    if (warmup != null && !(warmup >= 0 && Double.isFinite(warmup))) {
      throw usage("--warmup must be at least 0 epochs, not " + warmup);
    }
    if (learningRate != null && !(learningRate > 0 && Double.isFinite(learningRate))) {
      throw usage("--learning-rate must be more than 0, not " + learningRate);
    }
  }

  private void expectUnchanged(String option, boolean unchanged) {
    if (!unchanged) {
      throw usage("--strategy dl4j makes steps in DL4J's own way: leave out " + option);
    }
  }

  private void atLeastOne(String option, Number value) {
    if (value != null && value.longValue() < 1) {
      throw usage(option + " must be at least 1, not " + value);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
