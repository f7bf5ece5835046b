package dev.lockstep.models.onednn;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Where a pass is put together: operations ask it for memory and leave it what is to be run, in
 * order, in each phase.
 */
final class Assembly {
  /** Makes a description; the attribute has the user's scratchpad. */
  interface Maker {
    int make(dnnl_primitive_desc description, dnnl_primitive_attr attribute);
  }

  private record Reordered(Tensor from, Tensor to) {}

  private final int size;
  private final Use use;
  private final Weights weights;
  private final Randomness randomness;
  private final Scope scope;
  private final Map<Phase, List<Runnable>> work = new EnumMap<>(Phase.class);
  private final List<Primitive> primitives = new ArrayList<>();
  private final List<Reordered> reordered = new ArrayList<>();
  private final Map<StepMask, float[]> masks = new LinkedHashMap<>();
  private Phase phase = Phase.FORWARD;

  /**
   * @param size how many examples the minibatch has
   * @param weights the parameters it reads, and where their gradients go
   * @param scope owns what is made
   */
  Assembly(int size, Use use, Weights weights, Randomness randomness, Scope scope) {
    this.randomness = randomness;
    this.size = size;
    this.use = use;
    this.weights = weights;
    this.scope = scope;
    for (Phase each : Phase.values()) {
      work.put(each, new ArrayList<>());
    }
  }

  int size() {
    return size;
  }

  boolean training() {
    return use == Use.TRAINING;
  }

  Weights weights() {
    return weights;
  }

  Randomness randomness() {
    return randomness;
  }

  /** Which of the library's forms of forward propagation is needed. */
  int propagation() {
    return training() ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference;
  }

  void backward() {
    phase = Phase.BACKWARD;
  }

  /** A layout by the library's tag, such as {@code dnnl_nchw}. */
  Layout layout(int tag, long... dims) {
    dnnl_memory_desc handle = new dnnl_memory_desc();
    OneDnn.check(
        dnnl.dnnl_memory_desc_create_with_tag(handle, dims.length, dims, dnnl.dnnl_f32, tag),
        "a layout");
    scope.onClose(() -> dnnl.dnnl_memory_desc_destroy(handle));
    return new Layout(dims, handle);
  }

  /** A layout by how far apart two neighbours are along each dimension. */
  Layout strided(long[] dims, long[] strides) {
    dnnl_memory_desc handle = new dnnl_memory_desc();
    OneDnn.check(
        dnnl.dnnl_memory_desc_create_with_strides(
            handle, dims.length, dims, dnnl.dnnl_f32, strides),
        "a layout");
    scope.onClose(() -> dnnl.dnnl_memory_desc_destroy(handle));
    return new Layout(dims, handle);
  }

  /** Whatever the library likes best. */
  Layout any(long... dims) {
    return layout(dnnl.dnnl_format_tag_any, dims);
  }

  /** Row-major: [n, c], [n, c, t] or [n, c, h, w]. */
  Layout plain(long... dims) {
    int[] tags = {dnnl.dnnl_a, dnnl.dnnl_ab, dnnl.dnnl_abc, dnnl.dnnl_abcd, dnnl.dnnl_abcde};
    return layout(tags[dims.length - 1], dims);
  }

  /** Row-major with the channels last: [n, c], [n, t, c] or [n, h, w, c]. */
  Layout channelsLast(long... dims) {
    int[] tags = {dnnl.dnnl_ab, dnnl.dnnl_acb, dnnl.dnnl_acdb};
    return layout(tags[dims.length - 2], dims);
  }

  /** Step after step, in each the examples with their channels: of dims [n, c, t]. */
  Layout timeMajor(long... dims) {
    return strided(dims, new long[] {dims[1], 1, dims[0] * dims[1]});
  }

  /**
   * How much each step of each example counts, float32 [size, steps]; filled before each forward
   * pass.
   */
  float[] mask(StepMask mask, int steps) {
    return masks.computeIfAbsent(mask, made -> new float[size * steps]);
  }

  /** What has to be filled before each forward pass. */
  Map<StepMask, float[]> masks() {
    return masks;
  }

  /** New memory, all 0 at first. */
  Tensor allocate(Layout layout) {
    return tensor(layout, scope.floats(layout.length()), phase);
  }

  /** The same memory seen in another layout. */
  Tensor view(Tensor tensor, Layout layout) {
    return tensor(layout, tensor.values(), tensor.phase());
  }

  /** A part of the same memory seen in another layout. */
  Tensor view(Tensor tensor, Layout layout, long offset) {
    return tensor(layout, tensor.values().getPointer(offset), tensor.phase());
  }

  /** Some of the parameters, where they are. */
  Tensor parameter(int offset, Layout plain) {
    expectWithin(offset, plain);
    return tensor(plain, weights.parameters().getPointer(offset), Phase.PARAMETERS);
  }

  /** Where the gradient by some of the parameters goes. */
  Tensor gradient(int offset, Layout plain) {
    expectWithin(offset, plain);
    return tensor(plain, weights.gradient().getPointer(offset), Phase.BACKWARD);
  }

  /** Beyond the end is other memory. */
  private void expectWithin(int offset, Layout layout) {
    Objects.checkFromIndexSize(offset, layout.length(), weights.values().capacity());
  }

  private Tensor tensor(Layout layout, FloatPointer values, Phase when) {
    dnnl_memory memory = new dnnl_memory();
    OneDnn.check(
        dnnl.dnnl_memory_create(memory, layout.handle(), OneDnn.engine(), values), "memory");
    scope.onClose(() -> dnnl.dnnl_memory_destroy(memory));
    return new Tensor(layout, values, memory, when);
  }

  /** An operation, not to be run yet. */
  Primitive primitive(String what, Maker maker) {
    return primitive(what, Eltwise.NONE, maker);
  }

  /** An operation whose result goes through an activation. */
  Primitive primitive(String what, Eltwise after, Maker maker) {
    dnnl_primitive_attr attribute = new dnnl_primitive_attr();
    OneDnn.check(dnnl.dnnl_primitive_attr_create(attribute), what);
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    try {
      // Else Winograd's scratch memory belongs to the thread that made it, and others crash.
      OneDnn.check(
          dnnl.dnnl_primitive_attr_set_scratchpad_mode(attribute, dnnl.dnnl_scratchpad_mode_user),
          what);
      after.append(attribute);
      OneDnn.check(maker.make(description, attribute), what);
    } finally {
      dnnl.dnnl_primitive_attr_destroy(attribute);
    }
    scope.onClose(() -> dnnl.dnnl_primitive_desc_destroy(description));
    Primitive primitive = new Primitive(what, description, scope);
    primitives.add(primitive);
    return primitive;
  }

  /** The first of some algorithms that the library has for an operation here. */
  Primitive firstPossible(String what, Eltwise after, int[] algorithms, IntFunction<Maker> makers) {
    return primitive(
        what,
        after,
        (description, attribute) -> {
          int status = dnnl.dnnl_unimplemented;
          for (int algorithm : algorithms) {
            status = makers.apply(algorithm).make(description, attribute);
            if (status == dnnl.dnnl_success) {
              return status;
            }
          }
          return status;
        });
  }

  /** What a forward primitive leaves to the backward one; null if nothing. */
  Tensor workspace(Primitive forward) {
    Layout needed = forward.workspace();
    return training() && needed.length() > 0 ? allocate(needed) : null;
  }

  /** Runs an operation whose result is to be in the layout of a tensor that there is. */
  void runInto(Primitive primitive, int role, Layout given, Tensor target) {
    if (target.layout().sameAs(given)) {
      run(primitive.with(role, target));
      return;
    }
    Tensor result = allocate(given);
    run(primitive.with(role, result));
    copy(result, target);
  }

  /** Does this whenever the parameters have changed. */
  void runWithParameters(Runnable action) {
    work.get(Phase.PARAMETERS).add(action);
  }

  /** Does this in the present phase, after what was left before. */
  void run(Runnable action) {
    work.get(phase).add(action);
  }

  /** The tensor in another layout, made when it changes; the same for all who ask. */
  Tensor in(Layout wanted, Tensor tensor) {
    if (tensor.layout().sameAs(wanted)) {
      return tensor;
    }
    for (Reordered known : reordered) {
      if (known.from == tensor && known.to.layout().sameAs(wanted)) {
        return known.to;
      }
    }
    Phase when = tensor.phase() == Phase.PARAMETERS ? Phase.PARAMETERS : phase;
    Tensor copy = tensor(wanted, scope.floats(wanted.length()), when);
    work.get(when).add(reorder(tensor, copy));
    reordered.add(new Reordered(tensor, copy));
    return copy;
  }

  /** Copies one tensor into another, in the present phase. */
  void copy(Tensor from, Tensor to) {
    run(reorder(from, to));
  }

  private Primitive reorder(Tensor from, Tensor to) {
    return primitive(
            "reorder",
            (description, attribute) ->
                dnnl.dnnl_reorder_primitive_desc_create(
                    description,
                    from.layout().handle(),
                    OneDnn.engine(),
                    to.layout().handle(),
                    OneDnn.engine(),
                    attribute))
        .with(dnnl.DNNL_ARG_FROM, from)
        .with(dnnl.DNNL_ARG_TO, to);
  }

  /** What is to be run in each phase; nothing can be added any more. */
  Map<Phase, Runnable[]> finish() {
    long most = primitives.stream().mapToLong(Primitive::scratchLength).max().orElse(0);
    FloatPointer scratch = scope.floats(Math.max(1, most));
    primitives.forEach(primitive -> primitive.finish(scratch, scope));
    Map<Phase, Runnable[]> finished = new EnumMap<>(Phase.class);
    work.forEach((when, actions) -> finished.put(when, actions.toArray(Runnable[]::new)));
    return finished;
  }

  /** Which of the library's implementations compute the pass. */
  List<String> implementations() {
    return primitives.stream().map(Primitive::implementation).toList();
  }
}
