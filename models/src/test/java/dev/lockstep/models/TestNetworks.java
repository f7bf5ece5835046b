package dev.lockstep.models;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Small networks and minibatches, the same each time. */
public final class TestNetworks {
  private TestNetworks() {}

  /**
   * Dense layers of the given widths.
   *
   * @param widths how many inputs, hidden units by layer, and outputs
   */
  public static NetworkDefinition dense(
      NeuralNetConfiguration.Builder common,
      Activation hidden,
      Activation output,
      ILossFunction loss,
      int... widths) {
    // Also combinations of activation and loss that DL4J advises against.
    NeuralNetConfiguration.ListBuilder layers =
        common.seed(7).list().validateOutputLayerConfig(false);
    for (int i = 1; i < widths.length - 1; i++) {
      layers.layer(
          new DenseLayer.Builder().nIn(widths[i - 1]).nOut(widths[i]).activation(hidden).build());
    }
    layers.layer(
        new OutputLayer.Builder(loss)
            .nIn(widths[widths.length - 2])
            .nOut(widths[widths.length - 1])
            .activation(output)
            .build());
    return NetworkDefinition.of(layers.build());
  }

  /** Features uniform in [−1, 1), labels one-hot; with one output, uniform in [0, 1). */
  public static Minibatch minibatch(Random random, int size, int inputs, int outputs) {
    float[] features = new float[size * inputs];
    for (int i = 0; i < features.length; i++) {
      features[i] = 2 * random.nextFloat() - 1;
    }
    float[] labels = new float[size * outputs];
    for (int i = 0; i < size; i++) {
      if (outputs == 1) {
        labels[i] = random.nextFloat();
      } else {
        labels[i * outputs + random.nextInt(outputs)] = 1;
      }
    }
    return new Minibatch(features, labels, size);
  }
}
