package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/** Reads what DL4J puts between layers of different kinds. */
final class PreProcessors {
  private PreProcessors() {}

  /**
   * @return the number of the value after it
   */
  static int read(Reading reading, InputPreProcessor processor, int from)
      throws UnsupportedNetwork {
    InputType before = reading.type(from);
    Class<?> kind = processor.getClass();
    if (kind == CnnToFeedForwardPreProcessor.class) {
      return reshaped(reading, from, before, processor.getOutputType(before));
    }
    if (kind == FeedForwardToCnnPreProcessor.class) {
      InputType after = processor.getOutputType(before);
      return reshaped(reading, from, after, after);
    }
    if (kind == RnnToFeedForwardPreProcessor.class) {
      // Each step as a row: layers here take sequences as they are. After what makes one vector
      // of a sequence DL4J puts it too, to do nothing.
      return from;
    }
    if (kind == FeedForwardToRnnPreProcessor.class) {
      long[] dims = reading.dims(from);
      return dims.length == 2
          ? from
          : reading.add(
              new Reshape(dims, new long[] {dims[0], 1}, true),
              InputType.recurrent(
                  dims[0], 1, ((FeedForwardToRnnPreProcessor) processor).getRnnDataFormat()),
              from);
    }
    throw reading.unsupported("the preprocessor " + kind.getSimpleName());
  }

  /**
   * @param ordered of the two types the one that says in which order the values are
   */
  private static int reshaped(Reading reading, int from, InputType ordered, InputType after)
      throws UnsupportedNetwork {
    long[] input = reading.dims(from);
    long[] output = InputTypes.dims(after);
    if (input.length == output.length) {
      return from;
    }
    return reading.add(new Reshape(input, output, InputTypes.channelsLast(ordered)), after, from);
  }
}
