package dev.lockstep.models.onnx;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.NetworkInputs;
import java.util.List;
import java.util.TreeMap;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as other programs can compute it: a graph of ONNX's operations, with the parameters as
 * constants. It computes what the network gives when nothing is trained, of minibatches of any
 * size.
 *
 * @param content of the file; the same for the same network and settings
 * @param inputs arrays that the graph takes, in the layout of DL4J's
 * @param outputs arrays that it gives
 * @param takesSequences whether one of the values is a sequence, of which the graph has no masks
 */
public record OnnxModel(
    byte[] content, List<ModelTensor> inputs, List<ModelTensor> outputs, boolean takesSequences) {
  /** The version of ONNX's operations. */
  public static final int OPSET = 13;

  /** The version of the file format that came with it. */
  private static final int IR = 7;

  /** A file has to be smaller than 2 GB; what is not parameters is small. */
  private static final int MOST_PARAMETERS = 530_000_000;

  /**
   * Of a network.
   *
   * @param parameters float32 [parameterCount], in DL4J's flattened order
   * @throws ModelError naming the layer that has no ONNX form, or if the network does not take
   *     examples of such shapes
   */
  public static OnnxModel of(
      NetworkDefinition definition, float[] parameters, OnnxSettings settings) {
    if (parameters.length > MOST_PARAMETERS) {
      throw new ModelError(
          "the network has %,d parameters: an ONNX file, of less than 2 GB, has room for %,d"
              .formatted(parameters.length, MOST_PARAMETERS));
    }
    definition.expectWired();
    INDArray all = Nd4j.createFromArray(parameters).reshape(1, parameters.length);
    Model network = definition.newNetwork(all);
    try {
      return NetworkInputs.first(
          definition, settings.shapes(), inputs -> written(network, settings, inputs));
    } catch (UnsupportedNetwork e) {
      throw refused(e);
    }
  }

  private static OnnxModel written(Model network, OnnxSettings settings, List<InputType> inputs) {
    try {
      return new NetworkWriter(network, settings).write(inputs);
    } catch (UnsupportedNetwork e) {
      throw refused(e);
    }
  }

  private static ModelError refused(UnsupportedNetwork e) {
    return new ModelError("cannot be exported to ONNX: " + e.getMessage(), e);
  }

  static ModelProto proto(GraphProto graph, OnnxSettings settings) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setProducerName("lockstep")
            .setProducerVersion(settings.version())
            .setGraph(graph);
    new TreeMap<>(settings.metadata())
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }
}
