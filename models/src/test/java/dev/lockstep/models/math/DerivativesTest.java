package dev.lockstep.models.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;

/** Gradients of losses and activations against differences of their values. */
class DerivativesTest {
  /** Such that rounding and curvature cost about the same in float32. */
  private static final float STEP = 1e-2f;

  private static final int ROWS = 2;
  private static final int COLUMNS = 4;

  /** None of them within a step of a place where a derivative jumps. */
  private static final float[] POINTS = {-2.7f, -0.8f, -0.3f, 0.2f, 0.45f, 0.7f, 1.3f, 2.8f};

  /** Weights of what an activation gives, so that the sum of a softmax is not constant. */
  private static final float[] DOWNSTREAM = {0.3f, -1, 0.7f, 2, 1, -0.4f, 0.2f, 1.5f};

  static List<IActivation> activations() {
    List<IActivation> activations = new ArrayList<>();
    for (Activation kind : Activation.values()) {
      if (kind != Activation.RRELU) {
        activations.add(kind.getActivationFunction());
      }
    }
    return activations;
  }

  @ParameterizedTest
  @MethodSource("activations")
  void an_activation_is_differentiated(IActivation dl4j) throws UnsupportedNetwork {
    ActivationFunction function = ActivationFunction.of(dl4j);
    float[] outputs = POINTS.clone();
    function.apply(outputs, ROWS, COLUMNS);
    float[] gradient = DOWNSTREAM.clone();
    float[] inputs = function.needsInputs() ? POINTS : null;
    function.backpropagate(inputs, outputs, gradient, ROWS, COLUMNS);

    for (int i = 0; i < POINTS.length; i++) {
      double slope = (value(function, i, STEP) - value(function, i, -STEP)) / (2 * STEP);
      // The cube has a third derivative of 6 everywhere, and values up to 22.
      assertThat((double) gradient[i]).as("of value %d", i).isCloseTo(slope, within(2e-3));
    }
  }

  private static double value(ActivationFunction function, int at, float step) {
    float[] values = POINTS.clone();
    values[at] += step;
    function.apply(values, ROWS, COLUMNS);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * DOWNSTREAM[i];
    }
    return sum;
  }

  /** A loss with labels that it takes. */
  record Case(ILossFunction loss, Activation activation, float[] labels) {
    @Override
    public String toString() {
      return loss + " of " + activation;
    }
  }

  static List<Case> losses() {
    float[] values = {0.1f, 0.9f, 0.4f, 0.35f, 0.8f, 0.7f, 0.15f, 0.6f};
    float[] classes = {0, 1, 0, 0, 0, 0, 0, 1};
    float[] sets = {1, 1, 0, 0, 0, 1, 1, 1};
    float[] signs = {1, -1, -1, 1, -1, -1, 1, 1};
    return List.of(
        new Case(LossFunction.MSE.getILossFunction(), Activation.TANH, values),
        new Case(LossFunction.L2.getILossFunction(), Activation.SOFTMAX, values),
        new Case(LossFunction.MEAN_ABSOLUTE_ERROR.getILossFunction(), Activation.TANH, values),
        new Case(LossFunction.L1.getILossFunction(), Activation.SIGMOID, values),
        new Case(new LossMAPE(), Activation.SIGMOID, values),
        new Case(
            LossFunction.MEAN_SQUARED_LOGARITHMIC_ERROR.getILossFunction(),
            Activation.SIGMOID,
            values),
        new Case(LossFunction.MCXENT.getILossFunction(), Activation.SOFTMAX, classes),
        new Case(LossFunction.MCXENT.getILossFunction(), Activation.SIGMOID, classes),
        new Case(
            LossFunction.SPARSE_MCXENT.getILossFunction(), Activation.SOFTMAX, new float[] {1, 3}),
        new Case(LossFunction.XENT.getILossFunction(), Activation.SIGMOID, values),
        new Case(LossFunction.HINGE.getILossFunction(), Activation.TANH, signs),
        new Case(LossFunction.SQUARED_HINGE.getILossFunction(), Activation.TANH, signs),
        new Case(LossFunction.KL_DIVERGENCE.getILossFunction(), Activation.SOFTMAX, values),
        new Case(LossFunction.POISSON.getILossFunction(), Activation.SOFTPLUS, values),
        new Case(LossFunction.COSINE_PROXIMITY.getILossFunction(), Activation.TANH, values),
        new Case(LossFunction.WASSERSTEIN.getILossFunction(), Activation.TANH, signs),
        new Case(new LossMultiLabel(), Activation.TANH, sets),
        new Case(
            LossMixtureDensity.builder().gaussians(1).labelWidth(2).build(),
            Activation.IDENTITY,
            new float[] {0.1f, 0.9f, 0.4f, 0.35f}));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_loss_is_differentiated_and_masked(Case each) throws UnsupportedNetwork {
    IActivation dl4j = each.activation().getActivationFunction();
    Loss loss =
        Loss.of(each.loss(), dl4j).ofLabels(each.labels().length / ROWS, COLUMNS).orElseThrow();
    ActivationFunction function = ActivationFunction.of(dl4j);
    LossMask second = new LossMask(new float[] {0, 1}, 1);
    for (LossMask mask : new LossMask[] {null, second}) {
      float[] outputs = POINTS.clone();
      function.apply(outputs, ROWS, COLUMNS);
      float[] gradient = new float[POINTS.length];
      loss.gradient(POINTS, outputs, each.labels(), mask, gradient, ROWS, COLUMNS);
      double size = 0;
      for (float value : gradient) {
        size = Math.max(size, Math.abs(value));
      }
      for (int i = 0; i < POINTS.length; i++) {
        double slope =
            (sum(loss, function, each, mask, i, STEP) - sum(loss, function, each, mask, i, -STEP))
                / (2 * STEP);
        assertThat((double) gradient[i])
            .as("of value %d, mask %s", i, mask)
            .isCloseTo(slope, within(3e-3 * Math.max(size, 0.1)));
        if (mask != null && i < COLUMNS) {
          assertThat(gradient[i]).as("masked").isZero();
        }
      }
    }
  }

  private static double sum(
      Loss loss, ActivationFunction function, Case each, LossMask mask, int at, float step) {
    float[] values = POINTS.clone();
    values[at] += step;
    float[] inputs = values.clone();
    function.apply(values, ROWS, COLUMNS);
    return loss.sum(inputs, values, each.labels(), mask, ROWS, COLUMNS);
  }
}
