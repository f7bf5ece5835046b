package dev.lockstep.cli;

import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.task.CustomTask;
import dev.lockstep.task.TrainingTask;
import dev.lockstep.tutorial.MnistTutorial;
import java.util.Optional;

/**
 * What is to be known of a run by many workers, whose steps are fewer: measured in
 * driver/docs/AVERAGING.md.
 */
final class ManyWorkers {
  /** Up to which a tutorial's rates make up for it. */
  private static final int OF_TUTORIALS = 16;

  /** Up to which it hardly shows. */
  private static final int FEW = 4;

  private ManyWorkers() {}

  /**
   * What accuracy a run may lack beside one process after as many epochs, and what gives it back.
   */
  static Optional<String> note(TrainingTask task, int workers, TrainingOptions options) {
    boolean chosen = options.learningRate != null || options.strategy.hasOuterOptimizer();
    boolean alone = options.strategy.name() == StrategyName.SINGLE_PROCESS;
    if (chosen || alone) {
      return Optional.empty();
    }
    if (task instanceof MnistTutorial) {
      boolean adam = options.optimizer == Optimizer.ADAM;
      return adam || workers <= OF_TUTORIALS || !options.strategy.averagesParameters()
          ? Optional.empty()
          : Optional.of(
              ("%d workers make few steps, at a rate for 8: expect up to two points less accuracy than"
                      + " one process has; --averaging-period 10 --outer-momentum 0.5 gives them back")
                  .formatted(workers));
    }
    return !(task instanceof CustomTask) || options.optimizer != null || workers <= FEW
        ? Optional.empty()
        : Optional.of(
            ("%d workers train at the network's own learning rate, which fits one: expect less accuracy"
                    + " than one process has after as many epochs; --optimizer alone, or"
                    + " --learning-rate, fits them")
                .formatted(workers));
  }
}
