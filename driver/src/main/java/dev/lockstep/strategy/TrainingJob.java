package dev.lockstep.strategy;

import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.math.GradientReduction;
import java.io.Serializable;
import java.util.UUID;

/**
 * What every worker of a run knows; sent to executors once.
 *
 * @param id unique to the run
 * @param trainers makes replicas of the network
 * @param schedule who trains what when
 * @param ordering the order of the examples within an epoch
 * @param seed of all that is random in the run
 * @param augmentation how pictures are changed while they are trained
 * @param rates how learning rates change
 * @param weights how they are averaged over time
 * @param trained which parameters are
 * @param reduction how an update's gradient follows from those of its examples
 */
public record TrainingJob(
    String id,
    TrainerFactory trainers,
    Schedule schedule,
    Ordering ordering,
    long seed,
    Augmentation augmentation,
    LearningRates rates,
    WeightsAverage weights,
    TrainedParameters trained,
    GradientReduction reduction)
    implements Serializable {

  /**
   * With an id of its own, of examples as they are and all parameters, and a loss that is a mean.
   */
  public static TrainingJob of(
      TrainerFactory trainers, Schedule schedule, Ordering ordering, long seed) {
    return new TrainingJob(
        UUID.randomUUID().toString(),
        trainers,
        schedule,
        ordering,
        seed,
        Augmentation.NONE,
        LearningRates.CONSTANT,
        WeightsAverage.NONE,
        TrainedParameters.ALL,
        GradientReduction.MEAN);
  }

  /** What all continue from, with the weights averaged over time. */
  ModelState averaged(ModelState start, Segment round, ModelState end) {
    return weights.after(schedule, start, round, end);
  }

  /** Tells a trainer what depends on how far the run is. */
  void tune(LocalTrainer trainer, long slot) {
    trainer.epoch(schedule.epochs(slot));
    trainer.rate(rates.factor(schedule, slot));
  }
}
