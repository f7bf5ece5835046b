package dev.lockstep.tutorial;

import dev.lockstep.models.network.MomentDecays;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.task.Start;
import dev.lockstep.task.StartChoice;
import dev.lockstep.task.TrainingTask;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.IUpdater;

/** One of the tutorials: a network, its data, and how the tutorial trains it. */
public interface Tutorial extends TrainingTask {

  /** The network with the parameters it starts from. */
  MultiLayerNetwork network(IUpdater updater, long seed);

  /**
   * The update rule that an optimizer is here.
   *
   * @param decays that fit the number of workers
   */
  default IUpdater updater(Optimizer optimizer, double learningRate, MomentDecays decays) {
    return optimizer.updater(learningRate);
  }

  /**
   * The learning rate where none is given.
   *
   * @param averaged how many usual minibatches' steps are averaged into one; of gradient descent,
   *     how many workers', as a sum over a smaller minibatch is smaller by itself
   */
  double learningRate(Optimizer optimizer, double averaged);

  /**
   * By what a learning rate that nobody gave is divided where the steps of workers add up to one.
   *
   * @param workers at least 1
   */
  default double added(Optimizer optimizer, int workers) {
    return 1;
  }

  /** Examples in the tutorial's minibatch. */
  int batchSize();

  private double learningRate(Optimizer optimizer, StartChoice choice) {
    double share = optimizer == Optimizer.ADAM ? choice.share() : 1;
    double rate = learningRate(optimizer, Math.max(1, choice.averaged() * share));
    return choice.averaged() < choice.workers() ? rate / added(optimizer, choice.workers()) : rate;
  }

  /** By gradient descent, unless another optimizer is chosen. */
  @Override
  default Start start(StartChoice choice) {
    Optimizer optimizer = choice.optimizer().orElse(Optimizer.SGD);
    double learningRate = choice.learningRate().orElseGet(() -> learningRate(optimizer, choice));
    return Start.of(
        network(
            updater(optimizer, learningRate, choice.decays(choice.averaged() * choice.share())),
            choice.seed()),
        optimizer,
        learningRate);
  }
}
