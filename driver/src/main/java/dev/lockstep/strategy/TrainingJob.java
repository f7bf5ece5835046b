package dev.lockstep.strategy;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.NetworkDefinition;
import java.io.Serializable;
import java.util.List;

/**
 * What every worker of a run knows; sent to executors once.
 *
 * @param id unique to the run
 * @param network the network without parameters
 * @param localStep which code computes a local step
 * @param featureShape the shape of one example's features as the network takes them
 * @param labelLength how many values the labels of one example have
 * @param schedule who trains what when
 * @param ordering the order of the examples within an epoch
 * @param seed of all that is random in the run
 */
public record TrainingJob(
    String id,
    NetworkDefinition network,
    LocalStep localStep,
    List<Long> featureShape,
    int labelLength,
    Schedule schedule,
    Ordering ordering,
    long seed)
    implements Serializable {

  /** A replica of the network, to be loaded with a state. */
  LocalTrainer newTrainer() {
    long[] shape = featureShape.stream().mapToLong(Long::longValue).toArray();
    return LocalTrainers.create(network, localStep, labelLength, shape);
  }
}
