package dev.lockstep.models.math;

import java.io.Serializable;
import java.util.List;

/**
 * How a network's configuration wants its parameters updated; travels to where they are.
 *
 * @param parameters all of the network's, in the order of the flat vector and without gaps
 * @param reduction of the examples' gradients
 */
public record UpdateSettings(List<TrainedParameter> parameters, GradientReduction reduction)
    implements Serializable {

  public UpdateSettings {
    parameters = List.copyOf(parameters);
    int end = 0;
    for (TrainedParameter parameter : parameters) {
      if (parameter.start() != end) {
        throw new IllegalArgumentException(
            "expected a parameter at %d, found one at %d".formatted(end, parameter.start()));
      }
      end = parameter.end();
    }
  }

  /** How many values the flat vector has. */
  public int parameterCount() {
    return parameters.isEmpty() ? 0 : parameters.get(parameters.size() - 1).end();
  }
}
