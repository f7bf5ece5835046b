package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.network.NetworkOutline;
import java.io.Serializable;
import java.util.List;

/**
 * Which of a network's parameters are trained. Those of frozen layers are not: workers neither
 * bring them to an agreement nor average them, so that they keep their bits.
 */
public final class TrainedParameters implements Serializable {
  /** Of a network without frozen layers. */
  public static final TrainedParameters ALL = new TrainedParameters(List.of(), 0);

  private static final long serialVersionUID = 1;
  private static final String FROZEN = "FrozenLayer";

  private final List<Slice> slices;
  private final int count;

  /** Parameters that follow each other. */
  private record Slice(int offset, int length) implements Serializable {}

  private TrainedParameters(List<Slice> slices, int count) {
    this.slices = slices;
    this.count = count;
  }

  /** Those of a network: all, unless it has frozen layers. */
  public static TrainedParameters of(NetworkDefinition network) {
    if (!network.json().contains(FROZEN)) {
      return ALL;
    }
    List<Slice> slices =
        NetworkOutline.of(network).nodes().stream()
            .filter(node -> !node.frozen())
            .flatMap(node -> node.parameters().stream())
            .map(parameter -> new Slice(parameter.offset(), parameter.length()))
            .toList();
    return new TrainedParameters(slices, slices.stream().mapToInt(Slice::length).sum());
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
