package dev.lockstep.models.network;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.NetworkOutline.Node;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;

/**
 * A trained network made ready for other data (Yosinski, Clune, Bengio and Lipson 2014): its first
 * layers stay as they are, as DL4J's {@code FrozenLayer}s; its last begins anew.
 *
 * @param freezeUntil the layer up to which, itself among them, layers stay as they are: its number
 *     in a stack, or its name
 * @param classes how many outputs the new last layer has; empty to keep the old one
 */
public record FineTuning(Optional<String> freezeUntil, OptionalInt classes) {
  /** The network as it is. */
  public static final FineTuning NONE = new FineTuning(Optional.empty(), OptionalInt.empty());

  /**
   * The network with these changes.
   *
   * @throws ModelError if there is no such layer, or it is not between input and output on every
   *     way, or the last layer has no outputs of its own
   */
  public NetworkDefinition apply(NetworkDefinition network) {
    if (equals(NONE)) {
      return network;
    }
    if (network.graph()) {
      ComputationGraphConfiguration graph = ComputationGraphConfiguration.fromJson(network.json());
      change(graph, network);
      return NetworkDefinition.of(graph);
    }
    MultiLayerConfiguration stack = MultiLayerConfiguration.fromJson(network.json());
    change(stack, network);
    return NetworkDefinition.of(stack);
  }

  private void change(MultiLayerConfiguration stack, NetworkDefinition network) {
    int last = stack.getConfs().size() - 1;
    renew(stack.getConf(last));
    freezeUntil.ifPresent(
        layer -> {
          List<Node> nodes = NetworkOutline.of(network).nodes();
          int until = nodes.indexOf(node(nodes, layer));
          if (until == last) {
            throw nothingLeft(layer);
          }
          for (int i = 0; i <= until; i++) {
            freeze(stack.getConf(i));
          }
        });
  }

  private void change(ComputationGraphConfiguration graph, NetworkDefinition network) {
    String output = graph.getNetworkOutputs().get(0);
    if (classes.isPresent() && !(graph.getVertices().get(output) instanceof LayerVertex)) {
      throw new ModelError(
          "--new-output: the network ends in %s, which is no layer".formatted(output));
    }
    if (graph.getVertices().get(output) instanceof LayerVertex last) {
      renew(last.getLayerConf());
    }
    freezeUntil.ifPresent(
        layer -> {
          List<Node> nodes = NetworkOutline.of(network).nodes();
          String until = node(nodes, layer).name();
          Set<String> before = before(until, graph.getVertexInputs());
          expectOnEveryWay(nodes, layer, until, before, graph.getVertexInputs());
          graph
              .getVertices()
              .replaceAll((name, vertex) -> before.contains(name) ? frozen(vertex) : vertex);
        });
  }

  /** A vertex and all that it is computed from. */
  private static Set<String> before(String vertex, Map<String, List<String>> inputs) {
    Set<String> found = new HashSet<>(Set.of(vertex));
    for (String input : inputs.getOrDefault(vertex, List.of())) {
      found.addAll(before(input, inputs));
    }
    return found;
  }

  /** Nothing that is trained may be beside what is not. */
  private static void expectOnEveryWay(
      List<Node> nodes,
      String layer,
      String until,
      Set<String> before,
      Map<String, List<String>> inputs) {
    boolean left = false;
    for (Node node : nodes) {
      if (!before.contains(node.name()) && !node.parameters().isEmpty()) {
        left = true;
        if (!before(node.name(), inputs).contains(until)) {
          throw new ModelError(
              "--freeze %s: layer %s is beside it, not behind: name a layer that all ways lead through"
                  .formatted(layer, node.name()));
        }
      }
    }
    if (!left) {
      throw nothingLeft(layer);
    }
  }

  private static ModelError nothingLeft(String layer) {
    return new ModelError("--freeze %s: nothing would be left to train".formatted(layer));
  }

  private static Node node(List<Node> nodes, String layer) {
    return nodes.stream()
        .filter(node -> node.name().equals(layer) || node.title().equals(Optional.of(layer)))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelError(
                    "--freeze %s: the network has no such layer, but %s"
                        .formatted(
                            layer,
                            nodes.stream()
                                .map(node -> node.title().orElse(node.name()))
                                .collect(Collectors.joining(", ")))));
  }

  /** DL4J passes no gradient through it, and so nothing to what is before. */
  private static GraphVertex frozen(GraphVertex vertex) {
    if (vertex instanceof LayerVertex layer) {
      freeze(layer.getLayerConf());
      return layer;
    }
    return vertex instanceof FrozenVertex ? vertex : new FrozenVertex(vertex);
  }

  private static void freeze(NeuralNetConfiguration configuration) {
    Layer layer = configuration.getLayer();
    if (!(layer instanceof FrozenLayer)) {
      FrozenLayer frozen = new FrozenLayer(layer);
      frozen.setLayerName(layer.getLayerName());
      configuration.setLayer(frozen);
    }
  }

  private void renew(NeuralNetConfiguration configuration) {
    if (classes.isEmpty()) {
      return;
    }
    if (!(configuration.getLayer() instanceof BaseOutputLayer output)) {
      throw new ModelError(
          "--new-output: the network ends in a %s, which has no outputs of its own"
              .formatted(configuration.getLayer().getClass().getSimpleName()));
    }
    output.setNOut(classes.getAsInt());
  }

  /**
   * What training of the changed network starts from: parameters of the trained one, but for the
   * new last layer, whose are drawn from the configuration's seed; no moments.
   *
   * @param to the changed network
   */
  public ModelState start(NetworkDefinition from, ModelState trained, NetworkDefinition to) {
    ModelState fresh = Dl4jLocalTrainer.stateOf(to.newNetwork());
    float[] parameters = fresh.parameters().clone();
    Map<String, Parameter> old = new HashMap<>();
    List<Node> before = NetworkOutline.of(from).nodes();
    String last = before.get(before.size() - 1).name();
    before.forEach(
        node -> node.parameters().forEach(own -> old.put(node.name() + '_' + own.name(), own)));
    for (Node node : NetworkOutline.of(to).nodes()) {
      if (classes.isPresent() && node.name().equals(last)) {
        continue;
      }
      for (Parameter own : node.parameters()) {
        Parameter source = old.get(node.name() + '_' + own.name());
        System.arraycopy(
            trained.parameters(), source.offset(), parameters, own.offset(), own.length());
      }
    }
    return new ModelState(parameters, fresh.updaterState(), 0);
  }
}
