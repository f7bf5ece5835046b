package dev.lockstep.models.network;

import dev.lockstep.models.NetworkDefinition;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * A stack of dense layers, whose ends are as wide as data want.
 *
 * @param hidden sizes of the layers between, each at least 1; without any it is softmax or linear
 *     regression
 * @param activation of these
 */
public record DenseNetwork(List<Integer> hidden, Activation activation) {

  /** What it is to tell. */
  public enum Task {
    /** Probabilities of classes: softmax, cross-entropy. */
    CLASSIFICATION(Activation.SOFTMAX, new LossMCXENT()),
    /** Probabilities of labels, each on its own: sigmoid, binary cross-entropy. */
    MULTI_LABEL(Activation.SIGMOID, new LossBinaryXENT()),
    /** Values: identity, mean squared error. */
    REGRESSION(Activation.IDENTITY, new LossMSE());

    private final Activation output;
    private final ILossFunction loss;

    Task(Activation output, ILossFunction loss) {
      this.output = output;
      this.loss = loss;
    }
  }

  public DenseNetwork {
    hidden = List.copyOf(hidden);
  }

  /**
   * The network for data.
   *
   * @param inputs values of an example
   * @param outputs classes, labels, or values to be told
   * @param seed of the initial weights: He's before ReLU, else Xavier's
   */
  public NetworkDefinition of(int inputs, int outputs, Task task, IUpdater updater, long seed) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(seed).updater(updater).list();
    int width = inputs;
    for (int size : hidden) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(width)
              .nOut(size)
              .activation(activation)
              .weightInit(activation == Activation.RELU ? WeightInit.RELU : WeightInit.XAVIER)
              .build());
      width = size;
    }
    layers.layer(
        new OutputLayer.Builder(task.loss)
            .nIn(width)
            .nOut(outputs)
            .activation(task.output)
            .weightInit(WeightInit.XAVIER)
            .build());
    return NetworkDefinition.of(layers.build());
  }
}
