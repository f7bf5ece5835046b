package dev.lockstep.report.tensorboard;

import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.NetworkOutline.Node;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.protobuf.ByteString;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.TensorShapeProto;
import org.tensorflow.framework.VersionDef;

/**
 * A network as TensorFlow's graph: each layer a scope with its parameters, what is done with them
 * and with what comes in, the activation, and the loss.
 */
final class NetworkGraph {
  private static final int PRODUCER = 22;

  private final GraphDef.Builder graph =
      GraphDef.newBuilder().setVersions(VersionDef.newBuilder().setProducer(PRODUCER));

  /** The node that brings out what a layer, or the network's input, gives. */
  private final Map<String, String> outputs = new HashMap<>();

  private NetworkGraph() {}

  static GraphDef of(NetworkOutline network) {
    NetworkGraph graph = new NetworkGraph();
    for (String input : network.inputs()) {
      String name = name(input);
      graph.graph.addNode(node(name, "Placeholder", List.of()));
      graph.outputs.put(input, name);
    }
    network.nodes().forEach(graph::add);
    return graph.graph.build();
  }

  private void add(Node layer) {
    String scope = name(layer.name() + "_" + layer.kind());
    List<String> inputs = new ArrayList<>(layer.inputs().stream().map(outputs::get).toList());
    for (Parameter parameter : layer.parameters()) {
      String name = scope + "/" + name(parameter.name());
      graph.addNode(node(name, "VariableV2", List.of()).putAttr("shape", shape(parameter.shape())));
      inputs.add(name);
    }
    String last = scope + "/" + layer.kind();
    graph.addNode(node(last, layer.kind(), inputs));
    if (layer.activation().isPresent()) {
      String activation = layer.activation().get();
      String name = scope + "/activation";
      graph.addNode(
          node(name, activation, List.of(last))
              .putAttr("activation", AttrValue.newBuilder().setS(bytes(activation)).build()));
      last = name;
    }
    outputs.put(layer.name(), last);
    if (layer.loss().isPresent()) {
      String labels = name(layer.name() + "_labels");
      graph.addNode(node(labels, "Placeholder", List.of()));
      graph.addNode(node(name(layer.name() + "_loss"), layer.loss().get(), List.of(last, labels)));
    }
  }

  private static NodeDef.Builder node(String name, String op, List<String> inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .addAllInput(inputs)
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build());
  }

  private static AttrValue shape(List<Long> sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    sizes.forEach(size -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return AttrValue.newBuilder().setShape(shape).build();
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  /** What TensorFlow allows in a name, and no slash, which would open a scope. */
  private static String name(String text) {
    return text.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[^A-Za-z0-9.]", ".");
  }
}
