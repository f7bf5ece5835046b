package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
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

/** Reads DL4J's activations, by exact class, as DL4J derives some from others. */
final class Dl4jActivations {
  private static final Map<Class<?>, ActivationFunction> PLAIN =
      Map.ofEntries(
          Map.entry(ActivationIdentity.class, CommonActivation.IDENTITY),
          Map.entry(ActivationTanH.class, CommonActivation.TANH),
          Map.entry(ActivationSigmoid.class, CommonActivation.SIGMOID),
          Map.entry(ActivationSoftmax.class, CommonActivation.SOFTMAX),
          Map.entry(ActivationReLU6.class, new LinearPieces(0, 0, 6)),
          Map.entry(ActivationHardTanH.class, ScalarActivation.HARD_TANH),
          Map.entry(ActivationHardSigmoid.class, ScalarActivation.HARD_SIGMOID),
          Map.entry(ActivationSoftPlus.class, ScalarActivation.SOFT_PLUS),
          Map.entry(ActivationSoftSign.class, ScalarActivation.SOFT_SIGN),
          Map.entry(ActivationSELU.class, ScalarActivation.SELU),
          Map.entry(ActivationCube.class, ScalarActivation.CUBE),
          Map.entry(ActivationRectifiedTanh.class, ScalarActivation.RECTIFIED_TANH),
          Map.entry(ActivationRationalTanh.class, ScalarActivation.RATIONAL_TANH),
          Map.entry(ActivationSwish.class, ScalarActivation.SWISH),
          Map.entry(ActivationMish.class, ScalarActivation.MISH));

  private Dl4jActivations() {}

  static ActivationFunction read(IActivation activation) throws UnsupportedNetwork {
    Class<?> type = activation.getClass();
    if (PLAIN.containsKey(type)) {
      return PLAIN.get(type);
    }
    if (type == ActivationReLU.class) {
      return relu((ActivationReLU) activation);
    }
    if (type == ActivationLReLU.class) {
      double slope = ((ActivationLReLU) activation).getAlpha();
      return new LinearPieces((float) slope, 0, Float.POSITIVE_INFINITY);
    }
    if (type == ActivationThresholdedReLU.class) {
      return new ThresholdedRelu((float) ((ActivationThresholdedReLU) activation).getTheta());
    }
    if (type == ActivationGELU.class) {
      return ((ActivationGELU) activation).isPrecise()
          ? ScalarActivation.PRECISE_GELU
          : ScalarActivation.GELU;
    }
    if (type == ActivationELU.class) {
      return new Elu((float) ((ActivationELU) activation).getAlpha());
    }
    if (type == ActivationRReLU.class) {
      ActivationRReLU random = (ActivationRReLU) activation;
      return new RandomRelu(random.getL(), random.getU());
    }
    return ForeignActivation.of(activation);
  }

  private static ActivationFunction relu(ActivationReLU relu) {
    if (relu.equals(new ActivationReLU())) {
      return CommonActivation.RELU;
    }
    float threshold = relu.getThreshold() == null ? 0 : relu.getThreshold().floatValue();
    float slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope().floatValue();
    float most = relu.getMax() == null ? Float.POSITIVE_INFINITY : relu.getMax().floatValue();
    return new LinearPieces(slope, threshold, most);
  }
}
