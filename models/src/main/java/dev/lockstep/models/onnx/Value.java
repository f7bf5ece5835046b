package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * A value in the graph, channels first whatever DL4J's array is: [batch, channels], [batch,
 * channels, steps] or [batch, channels, height, width].
 *
 * @param name in the graph
 * @param type what DL4J calls it; a sequence's steps may be unknown, and are then −1
 */
record Value(String name, InputType type) {

  /** The dimensions of an example, channels first. */
  long[] dims() throws UnsupportedNetwork {
    return InputTypes.dims(type);
  }

  /** Without that of the minibatch. */
  int rank() throws UnsupportedNetwork {
    return dims().length;
  }

  /** Of the channels among the value's axes, after that of the minibatch. */
  static final int CHANNELS = 1;
}
