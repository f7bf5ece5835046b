package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.math.TrainedParameter;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.NetworkOutline.Node;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;

/**
 * Which of a network's parameters are trained. Those of frozen layers are not: workers neither
 * bring them to an agreement nor average them, so that they keep their bits. The running statistics
 * of batch normalisation are measured, not trained: workers average them, and no outer optimizer
 * goes on where they point to, as a variance could become negative.
 */
public final class TrainedParameters implements Serializable {
  /** Of a network without frozen layers and statistics. */
  public static final TrainedParameters ALL = new TrainedParameters(List.of(), 0, List.of());

  private static final long serialVersionUID = 1;

  private final List<Slice> slices;
  private final int count;
  private final List<Slice> statistics;

  /** Parameters that follow each other. */
  private record Slice(int offset, int length) implements Serializable {}

  private TrainedParameters(List<Slice> slices, int count, List<Slice> statistics) {
    this.slices = slices;
    this.count = count;
    this.statistics = statistics;
  }

  /** Those of a network: all, unless it has frozen layers. */
  public static TrainedParameters of(NetworkDefinition network) {
    boolean frozen = network.names(FrozenLayer.class);
    if (!frozen && !network.names(BatchNormalization.class)) {
      return ALL;
    }
    List<Node> nodes = NetworkOutline.of(network).nodes();
    List<Slice> slices =
        frozen ? slices(nodes, node -> !node.frozen(), parameter -> true) : List.of();
    List<Slice> statistics =
        slices(
            nodes,
            node -> node.kind().equals(BatchNormalization.class.getSimpleName()),
            parameter -> TrainedParameter.isStatistic(parameter.name()));
    return new TrainedParameters(slices, slices.stream().mapToInt(Slice::length).sum(), statistics);
  }

  private static List<Slice> slices(
      List<Node> nodes, Predicate<Node> which, Predicate<Parameter> parameters) {
    return nodes.stream()
        .filter(which)
        .flatMap(node -> node.parameters().stream())
        .filter(parameters)
        .map(parameter -> new Slice(parameter.offset(), parameter.length()))
        .toList();
  }

  /** What an outer optimizer made of an average, with the average's statistics. */
  ModelState withStatistics(ModelState stepped, ModelState average) {
    copyStatistics(average.parameters(), stepped.parameters());
    return stepped;
  }

  /**
   * A gradient of all parameters divided by a number, but for what statistics change by: updates
   * take the mean of that in any case.
   */
  float[] divided(float[] gradient, int by) {
    float[] divided = new float[gradient.length];
    for (int i = 0; i < divided.length; i++) {
      divided[i] = gradient[i] / by;
    }
    copyStatistics(gradient, divided);
    return divided;
  }

  private void copyStatistics(float[] from, float[] to) {
    for (Slice slice : statistics) {
      System.arraycopy(from, slice.offset(), to, slice.offset(), slice.length());
    }
  }

  /** How many are trained, of so many. */
  public int count(int all) {
    return this == ALL || slices.isEmpty() ? all : count;
  }

  private boolean isAll() {
    return slices.isEmpty();
  }

  /** The trained ones of a vector of all. */
  float[] of(float[] all) {
    if (isAll()) {
      return all;
    }
    float[] trained = new float[count];
    int at = 0;
    for (Slice slice : slices) {
      System.arraycopy(all, slice.offset(), trained, at, slice.length());
      at += slice.length();
    }
    return trained;
  }

  /**
   * A copy of a vector of all with trained ones in their places; the trained ones if that is all.
   */
  float[] into(float[] all, float[] trained) {
    if (isAll()) {
      return trained;
    }
    float[] joined = all.clone();
    int at = 0;
    for (Slice slice : slices) {
      System.arraycopy(trained, at, joined, slice.offset(), slice.length());
      at += slice.length();
    }
    return joined;
  }

  /** A network with its trained parameters only. */
  ModelState of(ModelState state) {
    return isAll()
        ? state
        : new ModelState(of(state.parameters()), state.updaterState(), state.updates());
  }

  /** A network with its frozen parameters from where training started. */
  ModelState into(ModelState start, ModelState trained) {
    return isAll()
        ? trained
        : new ModelState(
            into(start.parameters(), trained.parameters()),
            trained.updaterState(),
            trained.updates());
  }
}
