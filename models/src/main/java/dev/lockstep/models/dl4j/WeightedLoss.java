package dev.lockstep.models.dl4j;

import dev.lockstep.models.ModelError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss whose rows count by weights, for as long as a pass takes. DL4J's masks are no weights:
 * they multiply what outputs are computed of.
 */
final class WeightedLoss implements ILossFunction {
  private final ILossFunction loss;
  private final INDArray weights;

  private WeightedLoss(ILossFunction loss, INDArray weights) {
    this.loss = loss;
    this.weights = weights;
  }

  /**
   * Runs a pass of a network whose losses are weighted meanwhile.
   *
   * @param weights float32 [size]
   * @return what it gives
   * @throws ModelError if the network has no output layer whose loss is of rows
   */
  static double during(Dl4jNetwork network, float[] weights, DoubleSupplier pass) {
    INDArray column = Nd4j.createFromArray(weights).reshape(weights.length, 1);
    List<Runnable> undo = new ArrayList<>();
    for (Layer layer : network.layers().values()) {
      if (layer.conf().getLayer() instanceof BaseOutputLayer output) {
        ILossFunction own = output.getLossFn();
        output.setLossFn(new WeightedLoss(own, column));
        undo.add(() -> output.setLossFn(own));
      } else if (layer.conf().getLayer() instanceof LossLayer output) {
        ILossFunction own = output.getLossFn();
        output.setLossFn(new WeightedLoss(own, column));
        undo.add(() -> output.setLossFn(own));
      }
    }
    if (undo.isEmpty()) {
      throw new ModelError("weights of examples need a network that ends in an output layer");
    }
    try {
      return pass.getAsDouble();
    } finally {
      undo.forEach(Runnable::run);
    }
  }

  private INDArray weighed(INDArray rows) {
    if (rows.size(0) != weights.size(0)) {
      throw new ModelError(
          "weights of examples need labels without steps: expected %d rows, found %d"
              .formatted(weights.size(0), rows.size(0)));
    }
    return rows.muliColumnVector(weights);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray each = loss.computeScoreArray(labels, preOutput, activation, mask);
    return weighed(each.reshape(each.size(0), each.length() / each.size(0)));
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return weighed(loss.computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return loss.name();
  }
}
