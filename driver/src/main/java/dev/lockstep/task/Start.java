package dev.lockstep.task;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.report.Figures;
import java.util.Locale;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Model;

/**
 * A network as its training starts.
 *
 * @param network with the update rule that trains it
 * @param state what it starts from
 * @param optimizer the update rule's name
 * @param learningRate empty if it is not one number
 */
public record Start(
    NetworkDefinition network, ModelState state, String optimizer, OptionalDouble learningRate) {

  /** A network with one update rule for all parameters. */
  public static Start of(Model network, Optimizer optimizer, double learningRate) {
    return new Start(
        NetworkDefinition.of(network),
        Dl4jLocalTrainer.stateOf(network),
        optimizer.name().toLowerCase(Locale.ROOT),
        OptionalDouble.of(learningRate));
  }

  /** The update rule in a few words. */
  public String updates() {
    return learningRate.isPresent()
        ? optimizer + " " + Figures.setting(learningRate.getAsDouble())
        : optimizer;
  }
}
