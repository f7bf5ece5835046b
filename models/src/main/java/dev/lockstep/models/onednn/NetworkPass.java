package dev.lockstep.models.onednn;

import dev.lockstep.models.Minibatch;
import dev.lockstep.models.onednn.Plan.Source;
import dev.lockstep.models.onednn.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.global.dnnl;

/**
 * A network forwards and backwards over minibatches of one size, without allocating; forwards also
 * over smaller ones, as if their first example came again and again.
 */
final class NetworkPass implements AutoCloseable {
  private static final long NEVER = -1;

  private final Plan plan;
  private final Weights weights;
  private final int size;
  private final Scope scope = new Scope();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Head.Pass> heads = new ArrayList<>();
  private final Map<Phase, Runnable[]> work;
  private final List<String> implementations;
  private final Map<StepMask, float[]> masks;
  private long parametersSeen = NEVER;

  /**
   * @param weights which it reads, and whose gradient it writes
   * @param randomness of what is random in a step
   * @param size how many examples a minibatch has
   */
  NetworkPass(Plan plan, Weights weights, Randomness randomness, int size, Use use) {
    this.plan = plan;
    this.weights = weights;
    this.size = size;
    try {
      Assembly assembly = new Assembly(size, use, weights, randomness, scope);
      assemble(assembly);
      work = assembly.finish();
      implementations = assembly.implementations();
      masks = assembly.masks();
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private void assemble(Assembly assembly) {
    List<Tensor> values = new ArrayList<>();
    for (Source source : plan.inputs()) {
      long[] dims = Shapes.batch(size, source.dims());
      Tensor input =
          assembly.allocate(
              source.channelsLast() ? assembly.channelsLast(dims) : assembly.plain(dims));
      inputs.add(input);
      values.add(input);
    }
    List<Operation.Applied> applied = new ArrayList<>();
    for (Step step : plan.steps()) {
      Operation.Applied part =
          step.operation().apply(assembly, step.inputs().stream().map(values::get).toList());
      applied.add(part);
      values.add(part.output());
    }
    for (Head head : plan.heads()) {
      heads.add(head.new Pass(assembly, values.get(head.value())));
    }
    if (assembly.training()) {
      assembly.backward();
      backwards(assembly, applied);
    }
  }

  private void backwards(Assembly assembly, List<Operation.Applied> applied) {
    List<List<Tensor>> gradients = new ArrayList<>();
    boolean[] trained = new boolean[inputs.size() + applied.size()];
    for (int value = 0; value < trained.length; value++) {
      gradients.add(new ArrayList<>());
      trained[value] = value >= inputs.size() && isTrained(value - inputs.size(), trained);
    }
    for (int i = 0; i < heads.size(); i++) {
      gradients.get(plan.heads().get(i).value()).add(heads.get(i).gradient());
    }
    for (int i = applied.size() - 1; i >= 0; i--) {
      int value = inputs.size() + i;
      if (gradients.get(value).isEmpty() || !trained[value]) {
        continue;
      }
      List<Integer> before = plan.steps().get(i).inputs();
      boolean down = before.stream().anyMatch(input -> trained[input]);
      List<Tensor> byInputs =
          applied.get(i).backpropagate(sum(assembly, gradients.get(value)), down);
      for (int k = 0; down && k < before.size(); k++) {
        gradients.get(before.get(k)).add(byInputs.get(k));
      }
    }
  }

  private boolean isTrained(int step, boolean[] trained) {
    Operation operation = plan.steps().get(step).operation();
    if (operation.stopsGradients()) {
      return false;
    }
    return operation.hasParameters()
        || plan.steps().get(step).inputs().stream().anyMatch(input -> trained[input]);
  }

  private static Tensor sum(Assembly assembly, List<Tensor> parts) {
    Tensor sum = parts.get(0);
    for (Tensor part : parts.subList(1, parts.size())) {
      sum = Join.binary(assembly, sum, part, Eltwise.NONE, dnnl.dnnl_binary_add);
    }
    return sum;
  }

  /** Computes the outputs. */
  void forward(Minibatch minibatch) {
    for (int i = 0; i < inputs.size(); i++) {
      read(minibatch, plan.inputs().get(i), inputs.get(i));
    }
    masks.forEach(
        (mask, factors) ->
            mask.write(
                plan.inputs().get(mask.input()).part(),
                minibatch.features(),
                plan.featureLength(),
                minibatch.size(),
                factors));
    if (parametersSeen != weights.version()) {
      run(Phase.PARAMETERS);
      parametersSeen = weights.version();
    }
    run(Phase.FORWARD);
  }

  private void read(Minibatch minibatch, Source source, Tensor input) {
    float[] features = minibatch.features();
    int length = source.length();
    int stride = plan.featureLength();
    int given = minibatch.size();
    // Native code would read beyond the array's end.
    Objects.checkFromIndexSize(0, given * stride, features.length);
    if (length == stride && given == size) {
      input.values().put(features, 0, size * length);
      return;
    }
    for (int row = 0; row < size; row++) {
      int from = row < given ? row : 0;
      input.values().position((long) row * length);
      input.values().put(features, from * stride + source.offset(), length);
    }
    input.values().position(0);
  }

  private void run(Phase phase) {
    for (Runnable action : work.get(phase)) {
      action.run();
    }
  }

  /** The loss of the last {@link #forward}, summed over its examples and the outputs. */
  double loss(Minibatch minibatch) {
    double sum = 0;
    for (Head.Pass head : heads) {
      sum += head.loss(minibatch, plan.labelLength());
    }
    return sum;
  }

  /** Differentiates the loss of the last {@link #forward} into the gradient of the weights. */
  void backward(Minibatch minibatch) {
    for (Head.Pass head : heads) {
      head.differentiate(minibatch, plan.labelLength());
    }
    run(Phase.BACKWARD);
  }

  /** A copy of the first output of the last {@link #forward}. */
  float[] output(Minibatch minibatch) {
    return heads.get(0).output(minibatch, plan.labelLength());
  }

  /** Which of the library's implementations compute it. */
  List<String> implementations() {
    return implementations;
  }

  @Override
  public void close() {
    scope.close();
  }
}
