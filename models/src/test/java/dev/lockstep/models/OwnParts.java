package dev.lockstep.models;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Losses and activations as people write them for DL4J. */
public final class OwnParts {
  private OwnParts() {}

  /** ln cosh (o − y), which heeds no masks. */
  public static class LogCosh implements ILossFunction {
    private static INDArray outputs(INDArray preOutput, IActivation activation) {
      return activation.getActivation(preOutput.dup(), true);
    }

    @Override
    public INDArray computeScoreArray(
        INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
      INDArray difference = outputs(preOutput, activation).subi(labels);
      return Transforms.log(Transforms.cosh(difference)).sum(true, 1);
    }

    @Override
    public double computeScore(
        INDArray labels,
        INDArray preOutput,
        IActivation activation,
        INDArray mask,
        boolean average) {
      double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
      return average ? sum / labels.size(0) : sum;
    }

    @Override
    public INDArray computeGradient(
        INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
      INDArray slope = Transforms.tanh(outputs(preOutput, activation).subi(labels));
      return activation.backprop(preOutput, slope).getFirst();
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
        INDArray labels,
        INDArray preOutput,
        IActivation activation,
        INDArray mask,
        boolean average) {
      return new Pair<>(
          computeScore(labels, preOutput, activation, mask, average),
          computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
      return "logcosh";
    }
  }

  /** The same, with noise. */
  public static final class NoisyLoss extends LogCosh {
    @Override
    public INDArray computeGradient(
        INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
      INDArray gradient = super.computeGradient(labels, preOutput, activation, mask);
      return gradient.addi(Nd4j.rand(gradient.shape()));
    }
  }

  /** x·|x|. */
  public static final class SignedSquare extends BaseActivationFunction {
    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return in.muli(Transforms.abs(in));
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      return new Pair<>(Transforms.abs(in).muli(2).muli(epsilon), null);
    }

    @Override
    public String toString() {
      return "signed square";
    }
  }

  /** 2·tanh x. */
  public static final class TanhTwice extends ActivationTanH {
    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return super.getActivation(in, training).muli(2);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      return new Pair<>(super.backprop(in, epsilon).getFirst().muli(2), null);
    }
  }
}
