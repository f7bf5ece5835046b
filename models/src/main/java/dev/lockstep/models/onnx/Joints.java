package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import java.util.List;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/** What DL4J puts between layers of different kinds. */
final class Joints {
  private Joints() {}

  static Value write(LayerScope scope, InputPreProcessor processor, Value from)
      throws UnsupportedNetwork {
    Class<?> kind = processor.getClass();
    int rank = from.rank();
    if (kind == CnnToFeedForwardPreProcessor.class) {
      if (rank == 1) {
        return from;
      }
      InputType flat = processor.getOutputType(from.type());
      // In the order of DL4J's array.
      String array =
          InputTypes.channelsLast(from.type())
              ? scope.transpose(from.name(), 0, 2, 3, 1)
              : from.name();
      return new Value(scope.reshape(array, -1, InputTypes.dims(flat)[0]), flat);
    }
    if (kind == FeedForwardToCnnPreProcessor.class) {
      InputType picture = processor.getOutputType(from.type());
      long[] dims = InputTypes.dims(picture);
      return rank == 1
          ? new Value(scope.reshape(from.name(), -1, dims[0], dims[1], dims[2]), picture)
          : from;
    }
    if (kind == RnnToFeedForwardPreProcessor.class) {
      // Each step as a row: layers here take sequences as they are. After what makes one vector
      // of a sequence DL4J puts it too, to do nothing.
      return from;
    }
    if (kind == FeedForwardToRnnPreProcessor.class) {
      return rank == 2
          ? from
          : new Value(
              scope.add("Unsqueeze", List.of(from.name(), scope.integers("axes", 2))),
              InputType.recurrent(
                  from.dims()[0],
                  1,
                  ((FeedForwardToRnnPreProcessor) processor).getRnnDataFormat()));
    }
    throw scope.unsupported("the preprocessor " + kind.getSimpleName());
  }
}
