package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/** Reads layers whose input are numbers of classes. */
final class EmbeddingReaders {
  private EmbeddingReaders() {}

  static int single(Reading reading, EmbeddingLayer layer, int from) throws UnsupportedNetwork {
    if (Shapes.length(reading.dims(from)) != 1) {
      throw reading.unsupported("an input of other than one number");
    }
    InputType type = InputType.feedForward(layer.getNOut());
    int value = reading.add(embedding(reading, layer, 0), type, from);
    return LayerReaders.activated(reading, layer.getActivationFn(), value);
  }

  /** An example is [steps] or [1, steps]. */
  static int sequence(Reading reading, EmbeddingSequenceLayer layer, int from)
      throws UnsupportedNetwork {
    long[] dims = reading.dims(from);
    boolean last = layer.getOutputFormat() == RNNFormat.NWC;
    if (dims.length > 2 || dims.length == 2 && (last || dims[0] != 1)) {
      throw reading.unsupported("an input of other than one number a step");
    }
    int steps = Math.toIntExact(dims[dims.length - 1]);
    InputType type = InputType.recurrent(layer.getNOut(), steps, layer.getOutputFormat());
    int value = reading.add(embedding(reading, layer, steps), type, from);
    return RecurrentReaders.counted(
        reading, LayerReaders.activated(reading, layer.getActivationFn(), value));
  }

  private static Embedding embedding(Reading reading, FeedForwardLayer layer, int steps) {
    return new Embedding(
        reading.layer(),
        Math.toIntExact(layer.getNIn()),
        Math.toIntExact(layer.getNOut()),
        steps,
        reading.offset("W"),
        reading.offset("b"));
  }
}
