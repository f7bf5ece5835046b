package dev.lockstep.models.onnx;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.onnx.ModelTensor.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the graph of a network, layer by layer. */
final class NetworkWriter {
  private final Model network;
  private final OnnxSettings settings;
  private final OnnxGraph graph = new OnnxGraph();
  private final Map<String, INDArray> parameters;
  private final List<ModelTensor> inputs = new ArrayList<>();
  private final List<ModelTensor> outputs = new ArrayList<>();
  private boolean sequences;

  NetworkWriter(Model network, OnnxSettings settings) {
    this.network = network;
    this.settings = settings;
    parameters = network.paramTable();
  }

  /**
   * @param types of an example's array for each input
   */
  OnnxModel write(List<InputType> types) throws UnsupportedNetwork {
    if (network instanceof ComputationGraph known) {
      write(known, types);
    } else {
      write((MultiLayerNetwork) network, types.get(0));
    }
    byte[] content = OnnxModel.proto(graph.build(), settings).toByteArray();
    return new OnnxModel(content, List.copyOf(inputs), List.copyOf(outputs), sequences);
  }

  private void write(MultiLayerNetwork stack, InputType type) throws UnsupportedNetwork {
    graph.reserve("output");
    MultiLayerConfiguration configuration = stack.getLayerWiseConfigurations();
    Value value = input("features", type, settings.preparation());
    for (int i = 0; i < stack.getnLayers(); i++) {
      Layer layer = configuration.getConf(i).getLayer();
      value = layer(String.valueOf(i), layer, configuration.getInputPreProcess(i), value);
    }
    output("output", value);
  }

  private void write(ComputationGraph known, List<InputType> types) throws UnsupportedNetwork {
    ComputationGraphConfiguration configuration = known.getConfiguration();
    configuration.getNetworkOutputs().forEach(graph::reserve);
    Map<String, Value> values = new HashMap<>();
    List<Optional<OnnxPreparation>> preparations = preparations(types);
    for (String name : configuration.getNetworkInputs()) {
      int number = values.size();
      values.put(name, input(name, types.get(number), preparations.get(number)));
    }
    for (int index : known.topologicalSortOrder()) {
      String name = known.getVertices()[index].getVertexName();
      if (!values.containsKey(name)) {
        List<Value> from =
            configuration.getVertexInputs().get(name).stream().map(values::get).toList();
        values.put(name, vertex(name, configuration.getVertices().get(name), from));
      }
    }
    for (String name : configuration.getNetworkOutputs()) {
      output(name, values.get(name));
    }
  }

  private Value vertex(String name, GraphVertex vertex, List<Value> from)
      throws UnsupportedNetwork {
    if (vertex instanceof LayerVertex layer && from.size() == 1) {
      return layer(name, layer.getLayerConf().getLayer(), layer.getPreProcessor(), from.get(0));
    }
    LayerScope scope = LayerScope.of(graph, parameters, name, vertex);
    return told(scope, () -> Vertices.write(scope, vertex, from));
  }

  private Value layer(String name, Layer layer, InputPreProcessor preProcessor, Value from)
      throws UnsupportedNetwork {
    LayerScope scope = LayerScope.of(graph, parameters, name, layer);
    return told(
        scope,
        () -> {
          Value value = preProcessor == null ? from : Joints.write(scope, preProcessor, from);
          return LayerWriters.write(scope, layer, value);
        });
  }

  private interface Part {
    Value write() throws UnsupportedNetwork;
  }

  /** DL4J throws exceptions of many classes where a layer does not fit the one before it. */
  private Value told(LayerScope scope, Part part) throws UnsupportedNetwork {
    try {
      Value value = part.write();
      sequences |= value.type() instanceof InputType.InputTypeRecurrent;
      return value;
    } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new ModelError(
          "layer %s (%s): %s"
              .formatted(
                  scope.name(),
                  scope.kind(),
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("does not fit")),
          e);
    }
  }

  /** For each input: of several each takes some of an example's values, one after the other. */
  private List<Optional<OnnxPreparation>> preparations(List<InputType> types)
      throws UnsupportedNetwork {
    if (settings.preparation().isEmpty() || types.size() == 1) {
      return Collections.nCopies(types.size(), settings.preparation());
    }
    OnnxPreparation whole = settings.preparation().get();
    List<Integer> lengths = new ArrayList<>();
    for (InputType type : types) {
      if (!(type instanceof InputType.InputTypeFeedForward row) || whole.picture().isPresent()) {
        throw new UnsupportedNetwork(
            "the preparation of %d inputs, not all of which are rows of values"
                .formatted(types.size()));
      }
      lengths.add(Math.toIntExact(row.getSize()));
    }
    return whole.divided(lengths).stream().map(Optional::of).toList();
  }

  private Value input(String name, InputType type, Optional<OnnxPreparation> prepared)
      throws UnsupportedNetwork {
    graph.reserve(name);
    LayerScope scope = LayerScope.of(graph, parameters, name, type);
    sequences |= type instanceof InputType.InputTypeRecurrent;
    OnnxPreparation preparation = prepared.orElse(null);
    if (preparation != null && preparation.picture().isPresent()) {
      OnnxPreparation.Picture picture = preparation.picture().get();
      describe(inputs, name, Type.UINT8, picture.height(), picture.width(), picture.channels());
      graph.input(inputs.get(0));
      String array = Ends.pictures(scope, name, preparation, type);
      return Ends.channelsFirst(scope, array, type);
    }
    describe(inputs, name, Type.FLOAT32, Ends.arrayDims(type));
    graph.input(inputs.get(inputs.size() - 1));
    String array = preparation == null ? name : Ends.normalised(scope, name, preparation, type);
    return Ends.channelsFirst(scope, array, type);
  }

  private void output(String name, Value value) throws UnsupportedNetwork {
    LayerScope scope = LayerScope.of(graph, parameters, name, value.type());
    Value given =
        settings.preparation().isPresent() && outputs.isEmpty()
            ? Ends.predictions(scope, value, settings.preparation().get())
            : value;
    describe(outputs, name, Type.FLOAT32, Ends.arrayDims(given.type()));
    graph.output(outputs.get(outputs.size() - 1), Ends.array(scope, given));
  }

  private static void describe(
      List<ModelTensor> tensors, String name, Type type, long... dimensions) {
    List<String> shape = new ArrayList<>();
    shape.add("batch");
    for (long dimension : dimensions) {
      shape.add(dimension < 0 ? name + "_steps" : String.valueOf(dimension));
    }
    tensors.add(new ModelTensor(name, type, shape));
  }
}
