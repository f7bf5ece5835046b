package dev.lockstep.models.onednn;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.math.Loss;
import dev.lockstep.models.onednn.Plan.Source;
import dev.lockstep.models.onednn.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** A plan while it is read: the steps so far, and of which type DL4J says each value is. */
final class Reading {
  private final Map<String, Integer> offsets;
  private final List<InputType> types = new ArrayList<>();
  private final List<StepMask> masks = new ArrayList<>();
  private final List<Boolean> varies = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Head> heads = new ArrayList<>();
  private final int inputs;
  private String name = "";
  private String kind = "";
  private String prefix = "";
  private StepMask inner;

  /**
   * @param inputs of which type each input is
   * @param sources what else is known of each
   * @param offsets where each parameter begins, by layer and name: {@code 0_W}
   */
  Reading(List<InputType> inputs, List<Source> sources, Map<String, Integer> offsets) {
    this.offsets = offsets;
    this.inputs = inputs.size();
    types.addAll(inputs);
    for (Source source : sources) {
      masks.add(source.part().isPlain() ? null : StepMask.present(varies.size()));
      varies.add(source.part().part().values().varies());
    }
  }

  /** What comes now is of this layer or vertex. */
  void begin(String newName, String newKind) {
    name = newName;
    kind = newKind;
    prefix = newName + "_";
  }

  /** Parameters have this before their names, within a layer that wraps another. */
  void inside(String inner) {
    prefix = name + "_" + inner;
  }

  /** The present layer, for messages. */
  String layer() {
    return "layer %s (%s)".formatted(name, kind);
  }

  UnsupportedNetwork unsupported(String what) {
    return new UnsupportedNetwork("%s: %s".formatted(layer(), what));
  }

  /** What may be unknown of a part. */
  interface Part<T> {
    T read() throws UnsupportedNetwork;
  }

  /** A part of the present layer; what is unknown of it is told of the layer. */
  <T> T named(Part<T> part) throws UnsupportedNetwork {
    try {
      return part.read();
    } catch (UnsupportedNetwork e) {
      throw unsupported(e.getMessage());
    }
  }

  /** The steps from this one on are not trained. */
  void freeze(int first) {
    steps
        .subList(first, steps.size())
        .replaceAll(step -> new Step(step.name(), frozen(step.operation()), step.inputs()));
  }

  private static Frozen frozen(Operation operation) {
    if (operation instanceof Normalization known) {
      return new Frozen(known.byRunning());
    }
    return new Frozen(operation instanceof HeapActivation known ? known.settled() : operation);
  }

  /** Where a parameter of the present layer begins, or {@link Convolution#NONE}. */
  int offset(String parameter) {
    return offsets.getOrDefault(prefix + parameter, Convolution.NONE);
  }

  InputType type(int value) {
    return types.get(value);
  }

  /** Which steps of a value count; null if all do. */
  StepMask mask(int value) {
    return masks.get(value);
  }

  /** Says which steps of a value count. */
  void mask(int value, StepMask mask) {
    masks.set(value, mask);
  }

  /** Whether an input's sequences are of different lengths. */
  boolean varies(int input) {
    return varies.get(input);
  }

  /** Which steps a recurrent layer leaves out by itself; null if none. */
  StepMask inner() {
    return inner;
  }

  /** From here on recurrent layers leave out by themselves what this says. */
  void masking(StepMask mask) {
    inner = mask;
  }

  /** The dimensions of an example's value, channels first. */
  long[] dims(int value) throws UnsupportedNetwork {
    return InputTypes.dims(type(value));
  }

  /**
   * One more step.
   *
   * @return the number of its value
   */
  int add(Operation operation, InputType type, List<Integer> from) {
    steps.add(new Step(name, operation, from));
    types.add(type);
    masks.add(type instanceof InputType.InputTypeRecurrent ? masks.get(from.get(0)) : null);
    return types.size() - 1;
  }

  int add(Operation operation, InputType type, int from) {
    return add(operation, type, List.of(from));
  }

  /** The network ends here with a loss. */
  void end(int value, ActivationFunction activation, Loss loss, Head.Labels labels)
      throws UnsupportedNetwork {
    long[] dims = dims(value);
    int columns = Math.toIntExact(dims[0]);
    int steps = Shapes.length(dims) / columns;
    expectAlike(value, labels);
    Loss fitting =
        named(() -> loss.ofLabels(labels.length() / steps, columns))
            .filter(known -> known.labelColumns(columns) * steps == labels.length())
            .orElseThrow(
                () ->
                    new ModelError(
                        "layer %s (%s): expected labels of %d values, found %d"
                            .formatted(
                                name, kind, loss.labelColumns(columns) * steps, labels.length())));
    if (labels.maskColumns() > 1 && fitting.ofRows()) {
      throw unsupported("a mask of single outputs for such a loss");
    }
    heads.add(
        new Head(value, dims, InputTypes.channelsLast(type(value)), activation, fitting, labels));
  }

  /** DL4J cuts results to the longest of a minibatch: labels have to vary likewise. */
  private void expectAlike(int value, Head.Labels labels) throws UnsupportedNetwork {
    boolean cut = mask(value) != null && varies.get(mask(value).input());
    if (cut != labels.part().part().values().varies()) {
      throw unsupported("labels that are of one length where features are not, or the reverse");
    }
  }

  /** How many values an example becomes, in all steps together. */
  long values() throws UnsupportedNetwork {
    long values = 0;
    for (InputType type : types) {
      values += Shapes.length(InputTypes.dims(type));
    }
    return values;
  }

  int inputs() {
    return inputs;
  }

  List<Step> steps() {
    return steps;
  }

  List<Head> heads() {
    return heads;
  }
}
