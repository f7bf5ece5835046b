package dev.lockstep.cli;

import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.LocalSgd;
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
  private static final int MINIBATCH = 64;

  /** Up to which period networks with batch normalisation lose no more than others. */
  private static final int HARMLESS = 10;

  private static final String LOCAL_SGD = "--preset local-sgd";

  private ManyWorkers() {}

  /**
   * What accuracy a run may lack beside one process after as many epochs, and what gives it back.
   */
  static Optional<String> note(TrainingTask task, int workers, TrainingOptions options) {
    boolean normalises = workers > 1 && normalises(task);
    Optional<String> rarely = normalises ? rarely(options.strategy) : Optional.empty();
    if (rarely.isPresent()) {
      return rarely;
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
      return options.optimizer == Optimizer.ADAM ? Optional.empty() : descent(workers, gradients);
    }
    long together = (long) workers * options.minibatch(workers);
    int few = (options.optimizer == null ? FEW : SOME) * MINIBATCH;
    if (!(task instanceof CustomTask) || together <= few) {
      return Optional.empty();
    }
    return Optional.of(
        normalises
            ? smallMinibatches(workers, options.optimizer)
            : local(workers, options.optimizer));
  }

  /**
   * @param optimizer null for the network's own
   */
  private static String local(int workers, Optimizer optimizer) {
    if (optimizer == null) {
      return ownRate(workers, LOCAL_SGD + ", --optimizer alone, or --learning-rate,");
    }
    String period = workers > OF_PARAMETERS ? " --averaging-period 10" : "";
    return fewSteps(workers, LOCAL_SGD + period + " gives it");
  }

  /**
   * @param optimizer null for the network's own
   */
  private static String smallMinibatches(int workers, Optimizer optimizer) {
    String small = "--batch-size " + LocalSgd.minibatch(MINIBATCH, workers);
    return optimizer == null
        ? ownRate(workers, small)
        : fewSteps(
            workers,
            "%s --learning-rate %s --strategy gradient-averaging gives it"
                .formatted(small, optimizer.usualLearningRate()));
  }

  /** Of networks with batch normalisation, what they do not bear. */
  private static Optional<String> rarely(StrategyOptions strategy) {
    int period = strategy.averagingPeriod();
    if (period > HARMLESS) {
      return Optional.of(
          ("replicas of a network with batch normalisation drift apart in %d minibatches: expect much"
                  + " less accuracy than at --averaging-period 10")
              .formatted(period));
    }
    return strategy.hasOuterOptimizer()
        ? Optional.of(
            "an outer optimizer can go too far with a network with batch normalisation: expect less"
                + " accuracy than without one")
        : Optional.empty();
  }

  private static boolean normalises(TrainingTask task) {
    return task instanceof CustomTask custom
        && custom.file().definition().names(BatchNormalization.class);
  }

  private static String ownRate(int workers, String remedy) {
    return ("%d workers train at the network's own learning rate, which fits one: expect less accuracy"
            + " than one process has after as many epochs; %s fits them")
        .formatted(workers, remedy);
  }

  private static Optional<String> descent(int workers, boolean gradients) {
    if (gradients && workers > SOME) {
      return Optional.of(
          ("%d workers whose gradients add up make few steps: expect a point or more less accuracy"
                  + " than one process has; --strategy parameter-averaging gives it back")
              .formatted(workers));
    }
    return workers <= OF_PARAMETERS
        ? Optional.empty()
        : Optional.of(fewSteps(workers, LOCAL_SGD + " gives it"));
  }

  /**
   * @param remedy settings, and how much of it they give
   */
  private static String fewSteps(int workers, String remedy) {
    return ("%d workers make few steps, which a learning rate does not make up for: expect less"
            + " accuracy than one process has after as many epochs; %s back")
        .formatted(workers, remedy);
  }
}
