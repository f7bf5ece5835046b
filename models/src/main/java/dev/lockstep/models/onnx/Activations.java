package dev.lockstep.models.onnx;

import static java.util.Map.entry;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** DL4J's activations, by exact class: ONNX's own where it has them, else made of simpler ones. */
final class Activations {
  /** An activation of each value, whatever the array's shape. */
  private interface Form {
    String of(LayerScope scope, String x);
  }

  private static final double GATE = 1.702;
  private static final double RATIONAL = 1.41645;
  private static final double RATIONAL_SCALE = 1.7159;
  private static final double ROOT_2_BY_PI = Math.sqrt(2 / Math.PI);

  /** ND4J has it inside the cube. */
  private static final double CUBED = 0.044715;

  private static final Map<Class<? extends IActivation>, Form> PLAIN =
      Map.ofEntries(
          entry(ActivationIdentity.class, (scope, x) -> x),
          entry(ActivationTanH.class, own("Tanh")),
          entry(ActivationSigmoid.class, own("Sigmoid")),
          entry(ActivationReLU6.class, (scope, x) -> clipped(scope, x, 0, 6)),
          entry(ActivationHardTanH.class, (scope, x) -> clipped(scope, x, -1, 1)),
          entry(ActivationHardSigmoid.class, own("HardSigmoid")),
          entry(ActivationSoftPlus.class, own("Softplus")),
          entry(ActivationSoftSign.class, own("Softsign")),
          entry(ActivationSELU.class, own("Selu")),
          entry(ActivationCube.class, (scope, x) -> product(scope, x, product(scope, x, x))),
          entry(
              ActivationRectifiedTanh.class, (scope, x) -> scope.add("Relu", scope.add("Tanh", x))),
          entry(ActivationRationalTanh.class, Activations::rationalTanh),
          entry(ActivationSwish.class, (scope, x) -> product(scope, x, scope.add("Sigmoid", x))),
          entry(
              ActivationMish.class,
              (scope, x) -> product(scope, x, scope.add("Tanh", scope.add("Softplus", x)))));

  private Activations() {}

  private static Form own(String operation) {
    return (scope, x) -> scope.add(operation, x);
  }

  /**
   * The activation of a value; a softmax along its channels.
   *
   * @return the name of the result
   */
  static String of(LayerScope scope, IActivation activation, String x) throws UnsupportedNetwork {
    Class<?> type = activation.getClass();
    if (PLAIN.containsKey(type)) {
      return PLAIN.get(type).of(scope, x);
    }
    if (type == ActivationSoftmax.class) {
      return scope.add("Softmax", x, Attributes.of("axis", Value.CHANNELS));
    }
    if (type == ActivationReLU.class) {
      return relu(scope, (ActivationReLU) activation, x);
    }
    if (type == ActivationLReLU.class) {
      return leaky(scope, ((ActivationLReLU) activation).getAlpha(), x);
    }
    if (type == ActivationThresholdedReLU.class) {
      float theta = (float) ((ActivationThresholdedReLU) activation).getTheta();
      return scope.add("ThresholdedRelu", x, Attributes.of("alpha", theta));
    }
    if (type == ActivationELU.class) {
      float alpha = (float) ((ActivationELU) activation).getAlpha();
      return scope.add("Elu", x, Attributes.of("alpha", alpha));
    }
    if (type == ActivationRReLU.class) {
      // What DL4J makes of it where nothing is trained.
      ActivationRReLU random = (ActivationRReLU) activation;
      double mean = 0.5 * (random.getL() + random.getU());
      return scope.add("Max", List.of(x, scope.number("mean", mean)));
    }
    if (type == ActivationGELU.class) {
      return ((ActivationGELU) activation).isPrecise() ? preciseGelu(scope, x) : gelu(scope, x);
    }
    throw scope.unsupported("the activation " + activation);
  }

  /**
   * The activation of values that have places.
   *
   * @throws UnsupportedNetwork of a softmax, which DL4J takes along an array's last dimension,
   *     whatever that is
   */
  static Value ofPlaces(LayerScope scope, IActivation activation, Value from)
      throws UnsupportedNetwork {
    if (activation instanceof ActivationSoftmax && from.rank() > 1) {
      throw scope.unsupported("the softmax of anything but a vector");
    }
    return new Value(of(scope, activation, from.name()), from.type());
  }

  private static String product(LayerScope scope, String a, String b) {
    return scope.add("Mul", List.of(a, b));
  }

  private static String scaled(LayerScope scope, String x, double factor) {
    return product(scope, x, scope.number("factor", factor));
  }

  private static String sum(LayerScope scope, String a, String b) {
    return scope.add("Add", List.of(a, b));
  }

  private static String clipped(LayerScope scope, String x, double least, double most) {
    return scope.add("Clip", List.of(x, scope.number("least", least), scope.number("most", most)));
  }

  private static String leaky(LayerScope scope, double slope, String x) {
    return scope.add("LeakyRelu", x, Attributes.of("alpha", (float) slope));
  }

  /** slope·(x − threshold) below the threshold, x above it, and never more than a bound. */
  private static String relu(LayerScope scope, ActivationReLU relu, String x) {
    double threshold = relu.getThreshold() == null ? 0 : relu.getThreshold();
    double slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope();
    String value;
    if (threshold == 0) {
      value = slope == 0 ? scope.add("Relu", x) : leaky(scope, slope, x);
    } else {
      String border = scope.number("threshold", threshold);
      String below = scaled(scope, scope.add("Sub", List.of(x, border)), slope);
      value = scope.add("Where", List.of(scope.add("Less", List.of(x, border)), below, x));
    }
    return relu.getMax() == null
        ? value
        : scope.add("Min", List.of(value, scope.number("most", relu.getMax())));
  }

  /** 1.7159·tanh(2x/3) by the fraction of arXiv:1508.01292. */
  private static String rationalTanh(LayerScope scope, String x) {
    String t = scaled(scope, scope.add("Abs", x), 2 / 3.0);
    String square = product(scope, t, t);
    String fourth = scaled(scope, product(scope, square, square), RATIONAL);
    String one = scope.number("one", 1);
    String below = scope.add("Sum", List.of(one, t, square, fourth));
    String fraction = scope.add("Sub", List.of(one, scope.add("Div", List.of(one, below))));
    return scaled(scope, product(scope, scope.add("Sign", x), fraction), RATIONAL_SCALE);
  }

  /** x·sigmoid(1.702·x). */
  private static String gelu(LayerScope scope, String x) {
    return product(scope, x, scope.add("Sigmoid", scaled(scope, x, GATE)));
  }

  /** x/2·(1 + tanh(√(2/π)·(x + (0.044715·x)³))). */
  private static String preciseGelu(LayerScope scope, String x) {
    String small = scaled(scope, x, CUBED);
    String cubed = product(scope, small, product(scope, small, small));
    String t = scope.add("Tanh", scaled(scope, sum(scope, x, cubed), ROOT_2_BY_PI));
    return product(scope, scaled(scope, x, 0.5), sum(scope, t, scope.number("one", 1)));
  }
}
