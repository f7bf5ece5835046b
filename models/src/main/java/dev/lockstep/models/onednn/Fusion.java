package dev.lockstep.models.onednn;

import dev.lockstep.models.onednn.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes neighbouring operations one, where the library can compute them together. */
final class Fusion {
  private final Plan plan;
  private final List<Step> steps = new ArrayList<>();
  private final int[] moved;
  private final int[] uses;

  private Fusion(Plan plan) {
    this.plan = plan;
    int count = plan.inputs().size() + plan.steps().size();
    moved = new int[count];
    uses = new int[count];
    plan.steps().forEach(step -> step.inputs().forEach(value -> uses[value]++));
    plan.heads().forEach(head -> uses[head.value()]++);
  }

  static Plan of(Plan plan) {
    return new Fusion(plan).fused();
  }

  private Plan fused() {
    int inputs = plan.inputs().size();
    for (int value = 0; value < inputs; value++) {
      moved[value] = value;
    }
    for (int i = 0; i < plan.steps().size(); i++) {
      moved[inputs + i] = inputs + add(plan.steps().get(i));
    }
    return new Plan(
        plan.inputs(),
        steps,
        plan.heads().stream().map(head -> head.of(moved[head.value()])).toList(),
        plan.featureLength(),
        plan.labelLength(),
        plan.updates(),
        plan.values());
  }

  /** Adds a step, or changes the one before; gives the number of that which has its value. */
  private int add(Step step) {
    List<Integer> from = step.inputs().stream().map(value -> moved[value]).toList();
    int before = from.get(0) - plan.inputs().size();
    Operation operation = step.operation();
    if (before >= 0 && uses[step.inputs().get(0)] == 1) {
      Step previous = steps.get(before);
      Optional<Operation> both = activated(previous.operation(), operation);
      if (both.isPresent()) {
        steps.set(before, new Step(previous.name(), both.get(), previous.inputs()));
        return before;
      }
      // The derivative of max(x, 0) commutes with the maximum, and is taken of fewer values.
      if (operation instanceof Pooling pooling
          && pooling.kind() == Pooling.Kind.MAX
          && previous.operation() instanceof Convolution convolution
          && convolution.activation().equals(Eltwise.RELU)) {
        steps.set(before, new Step(previous.name(), convolution.derivedLater(), previous.inputs()));
        operation = pooling.deriving(convolution.activation());
      }
    }
    steps.add(new Step(step.name(), operation, from));
    return steps.size() - 1;
  }

  private static Optional<Operation> activated(Operation before, Operation next) {
    if (!(next instanceof Activation activation)) {
      return Optional.empty();
    }
    Eltwise function = activation.function();
    if (before instanceof Convolution known && known.activation().isNone()) {
      return Optional.of(known.with(function));
    }
    if (before instanceof Dense known && known.activation().isNone()) {
      return Optional.of(known.with(function));
    }
    if (before instanceof Join known && known.activation().isNone()) {
      return Optional.of(known.with(function));
    }
    if (before instanceof Normalization known
        && !known.rectified()
        && function.equals(Eltwise.RELU)) {
      return Optional.of(known.rectifiedToo());
    }
    return Optional.empty();
  }
}
