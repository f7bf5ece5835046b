package dev.lockstep.models.onednn;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.PassSize;
import dev.lockstep.models.math.UpdateSettings;
import java.io.Serializable;
import java.util.List;

/**
 * A network as operations on numbered values: first the inputs, then the result of each step. No
 * parameters, no DL4J.
 *
 * @param steps each uses values before its own only
 * @param heads where the network is trained, one an output
 * @param featureLength how many values the features of an example have
 * @param labelLength how many values its labels have
 * @param updates how its parameters are updated
 * @param values how many an example becomes, in all layers together
 */
record Plan(
    List<Source> inputs,
    List<Step> steps,
    List<Head> heads,
    int featureLength,
    int labelLength,
    UpdateSettings updates,
    long values)
    implements Serializable {

  /**
   * One input.
   *
   * @param dims of an example, channels first: [c], [c, t] or [c, h, w]
   * @param channelsLast whether its values come in that order, else channels first
   * @param offset of its first value among an example's features
   * @param part of the features, for its lengths and masks
   */
  record Source(long[] dims, boolean channelsLast, int offset, SequencePart part)
      implements Serializable {
    int length() {
      return Shapes.length(dims);
    }
  }

  /**
   * One operation.
   *
   * @param name of the layer or vertex that it is of
   * @param inputs the values that it uses
   */
  record Step(String name, Operation operation, List<Integer> inputs) implements Serializable {
    Step {
      inputs = List.copyOf(inputs);
    }
  }

  private static final int MOST_IN_PASS = 64;

  Plan {
    inputs = List.copyOf(inputs);
    steps = List.copyOf(steps);
    heads = List.copyOf(heads);
  }

  /** As {@link LocalTrainer#passSize}. */
  int passSize() {
    return PassSize.of(MOST_IN_PASS, values, featureLength);
  }
}
