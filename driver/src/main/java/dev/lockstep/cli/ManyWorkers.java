package dev.lockstep.cli;

import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.task.CustomTask;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.tutorial.MnistTutorial;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/**
 * What is to be known of a run by many workers, whose steps are fewer: measured in
 * driver/docs/AVERAGING.md.
 */
final class ManyWorkers {
  /** Up to which rates make up for it where parameters are averaged. */
  private static final int OF_PARAMETERS = 16;

  /** Up to which they do where gradients are, and with hidden layers. */
  private static final int SOME = 8;

  /** Up to which it hardly shows. */
  private static final int FEW = 4;

  /** Examples of one worker for which that is so. */
  private static final long MINIBATCH = 64;

  /** Up to which period networks with batch normalisation lose little. */
  private static final int HARMLESS = 10;

  private ManyWorkers() {}

  /**
   * What accuracy a run may lack beside one process after as many epochs, and what gives it back.
   */
  static Optional<String> note(TrainingTask task, int workers, TrainingOptions options) {
    int period = options.strategy.averagingPeriod();
    if (workers > 1 && period > HARMLESS && normalises(task)) {
      return Optional.of(
          ("replicas of a network with batch normalisation drift apart in %d minibatches: expect much"
                  + " less accuracy than at --averaging-period 10")
              .formatted(period));
    }
    boolean chosen = options.learningRate != null || options.strategy.hasOuterOptimizer();
    boolean others =
        options.strategy.name() == StrategyName.SINGLE_PROCESS
            || options.strategy.name() == StrategyName.DL4J;
    if (chosen || others) {
      return Optional.empty();
    }
    if (task instanceof MnistTutorial) {
      boolean gradients = options.strategy.averaged(workers) < workers;
      boolean adam = options.optimizer == Optimizer.ADAM;
      return adam && (!gradients || workers <= OF_PARAMETERS)
          ? Optional.empty()
          : descent(workers, gradients);
    }
    if (!(task instanceof CustomTask)) {
      return Optional.empty();
    }
    long together = (long) workers * options.minibatch(workers);
    return options.optimizer == null ? ownRate(workers, together) : usualRate(workers, together);
  }

  private static boolean normalises(TrainingTask task) {
    return task instanceof CustomTask custom
        && custom.file().definition().names(BatchNormalization.class);
  }

  private static Optional<String> ownRate(int workers, long together) {
    return together <= FEW * MINIBATCH
        ? Optional.empty()
        : Optional.of(
            ("%d workers train at the network's own learning rate, which fits one: expect less accuracy"
                    + " than one process has after as many epochs; --preset local-sgd, --optimizer"
                    + " alone, or --learning-rate, fits them")
                .formatted(workers));
  }

  private static Optional<String> usualRate(int workers, long together) {
    return together <= SOME * MINIBATCH
        ? Optional.empty()
        : Optional.of(fewSteps(workers, workers > OF_PARAMETERS ? " --averaging-period 10" : ""));
  }

  private static Optional<String> descent(int workers, boolean gradients) {
    if (gradients && workers > SOME) {
      return Optional.of(
          ("%d workers whose gradients add up make few steps: expect a point or more less accuracy"
                  + " than one process has; --strategy parameter-averaging gives it back")
              .formatted(workers));
    }
    return workers <= OF_PARAMETERS ? Optional.empty() : Optional.of(fewSteps(workers, ""));
  }

  /**
   * @param more settings beside the preset
   */
  private static String fewSteps(int workers, String more) {
    return ("%d workers make few steps, which a learning rate does not make up for: expect less"
            + " accuracy than one process has after as many epochs; --preset local-sgd%s gives it back")
        .formatted(workers, more);
  }
}
