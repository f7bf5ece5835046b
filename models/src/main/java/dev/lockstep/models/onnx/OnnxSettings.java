package dev.lockstep.models.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to say of an ONNX model beside the network.
 *
 * @param shapes of one example's arrays, as {@link dev.lockstep.models.dl4j.NetworkInputs#first}
 *     takes them; none where the layers say it
 * @param preparation to be part of the graph; empty where the graph is to be the network alone
 * @param metadata by name, to be kept with the graph
 * @param version of what has trained the network
 */
public record OnnxSettings(
    List<List<Integer>> shapes,
    Optional<OnnxPreparation> preparation,
    Map<String, String> metadata,
    String version) {
  public OnnxSettings {
    shapes = shapes.stream().map(List::copyOf).toList();
    metadata = Map.copyOf(metadata);
  }

  /** Of the network alone. */
  public static OnnxSettings ofShapes(List<List<Integer>> shapes) {
    return new OnnxSettings(shapes, Optional.empty(), Map.of(), "");
  }
}
