package dev.lockstep.models.onednn;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import dev.lockstep.models.math.UpdateSettings;
import dev.lockstep.models.onednn.Plan.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;

/** Reads a {@link Plan} from DL4J's configuration, or tells what it is not able to express. */
final class PlanReader {
  private final ExampleLayout layout;
  private final Model network;
  private final UpdateSettings updates;
  private final Reading reading;
  private final List<Source> sources = new ArrayList<>();

  private PlanReader(Model network, ExampleLayout layout) throws UnsupportedNetwork {
    this.network = network;
    this.layout = layout;
    if (network.params() == null || network.params().dataType() != DataType.FLOAT) {
      throw new UnsupportedNetwork("a network without float32 parameters");
    }
    updates = SettingsReader.read(network);
    Map<String, Integer> offsets = new HashMap<>();
    network
        .paramTable()
        .forEach((name, values) -> offsets.put(name, Math.toIntExact(values.offset())));
    reading = new Reading(inputTypes(), sources, offsets);
  }

  static Plan read(NetworkDefinition definition, ExampleLayout layout) throws UnsupportedNetwork {
    PlanReader reader = new PlanReader(definition.newNetwork(), layout);
    try {
      return reader.read();
    } catch (ModelError e) {
      throw e;
    } catch (RuntimeException e) {
      // DL4J's complaints, of many classes, where sizes do not fit: its own step tells them.
      throw reader.reading.unsupported(
          String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString()));
    }
  }

  private Plan read() throws UnsupportedNetwork {
    if (network instanceof ComputationGraph graph) {
      read(graph);
    } else {
      read((MultiLayerNetwork) network);
    }
    List<Head> heads =
        reading.heads().stream()
            .sorted(Comparator.comparing(head -> head.labels().offset()))
            .toList();
    Plan plan =
        new Plan(
            sources,
            reading.steps(),
            heads,
            layout.featureLength(),
            layout.labelLength(),
            updates,
            reading.values());
    return Fusion.of(plan);
  }

  /** The arrays of an example as DL4J's types, and where they are. */
  private List<InputType> inputTypes() throws UnsupportedNetwork {
    List<InputType> types = new ArrayList<>();
    int offset = 0;
    boolean last = InputTypes.channelsLast(network);
    for (ExampleLayout.Part part : layout.features()) {
      InputType type = InputTypes.of(part.values().dimensions(), last);
      types.add(type);
      long[] dims = InputTypes.dims(type);
      SequencePart values = sequences(part, dims, offset);
      sources.add(new Source(dims, last, offset, values));
      offset += part.length();
    }
    return types;
  }

  /** An array's lengths and masks, if they are of its steps. */
  private static SequencePart sequences(ExampleLayout.Part part, long[] dims, int offset)
      throws UnsupportedNetwork {
    // The steps come last; of numbers that are to be embedded there is nothing else.
    int steps = dims.length < 3 ? Math.toIntExact(dims[dims.length - 1]) : 1;
    SequencePart sequences = new SequencePart(part, steps, offset);
    boolean known = part.mask() == null || part.mask().length() == steps;
    if (!sequences.isPlain() && (!known || dims.length == 3)) {
      throw new UnsupportedNetwork("features with a mask that is not one of steps");
    }
    return sequences;
  }

  private void read(MultiLayerNetwork stack) throws UnsupportedNetwork {
    MultiLayerConfiguration configuration = stack.getLayerWiseConfigurations();
    expectStandard(configuration.getBackpropType());
    int value = 0;
    for (int i = 0; i < stack.getnLayers(); i++) {
      Layer layer = configuration.getConf(i).getLayer();
      boolean end = i == stack.getnLayers() - 1;
      value =
          layer(
              String.valueOf(i),
              layer,
              configuration.getInputPreProcess(i),
              value,
              end ? 0 : Head.NONE);
    }
    if (reading.heads().isEmpty()) {
      throw reading.unsupported("a last layer that is no output layer");
    }
  }

  private static void expectStandard(BackpropType type) throws UnsupportedNetwork {
    if (type != BackpropType.Standard) {
      throw new UnsupportedNetwork("backpropagation of type " + type);
    }
  }

  private void read(ComputationGraph graph) throws UnsupportedNetwork {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    expectStandard(configuration.getBackpropType());
    Map<String, Integer> values = new HashMap<>();
    for (String input : configuration.getNetworkInputs()) {
      values.put(input, values.size());
    }
    List<String> outputs = configuration.getNetworkOutputs();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      String name = vertex.getVertexName();
      if (values.containsKey(name)) {
        continue;
      }
      List<Integer> from =
          configuration.getVertexInputs().get(name).stream().map(values::get).toList();
      var known = configuration.getVertices().get(name);
      if (known instanceof LayerVertex layer && from.size() == 1) {
        values.put(
            name,
            layer(
                name,
                layer.getLayerConf().getLayer(),
                layer.getPreProcessor(),
                from.get(0),
                outputs.indexOf(name)));
      } else {
        reading.begin(name, known.getClass().getSimpleName());
        values.put(name, VertexReaders.read(reading, known, from));
      }
    }
    if (reading.heads().size() != outputs.size()) {
      throw new UnsupportedNetwork("an output that is no output layer");
    }
  }

  /**
   * @param output which of the network's outputs it is, or {@link Head#NONE}
   */
  private int layer(String name, Layer layer, InputPreProcessor preProcessor, int from, int output)
      throws UnsupportedNetwork {
    reading.begin(name, layer.getClass().getSimpleName());
    int value = from;
    if (preProcessor != null) {
      value = PreProcessors.read(reading, preProcessor, from);
    }
    return LayerReaders.read(reading, layer, value, output == Head.NONE ? null : labels(output));
  }

  private Head.Labels labels(int output) throws UnsupportedNetwork {
    int offset = 0;
    for (ExampleLayout.Part part : layout.labels().subList(0, output)) {
      offset += part.length();
    }
    ExampleLayout.Part part = layout.labels().get(output);
    List<Integer> shape = part.values().dimensions();
    int steps = shape.size() == 2 ? shape.get(stepAxis()) : 1;
    int factors = part.mask() == null ? 0 : part.mask().length();
    if (factors % steps != 0
        || part.values().varies() && part.values().variableAxis() != stepAxis()) {
      throw reading.unsupported("labels with a mask of shape " + part.mask());
    }
    return new Head.Labels(new SequencePart(part, steps, offset), factors / steps);
  }

  /** Of an example's two. */
  private int stepAxis() {
    return InputTypes.channelsLast(reading.type(0)) ? 0 : 1;
  }
}
