package dev.lockstep.models.network;

import dev.lockstep.models.StabilisedCrossEntropy;
import java.util.Random;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The networks of the three tutorials, with the tutorials' initial distributions. */
public final class TutorialNetworks {
  private static final int HIDDEN = 10;

  private TutorialNetworks() {}

  /** y = W·x + b, W and b from N(0,1), mean squared error. */
  public static MultiLayerNetwork linear(IUpdater updater, long seed) {
    MultiLayerConfiguration configuration =
        configuration(updater, seed)
            .list()
            .layer(output(1, 1, Activation.IDENTITY, new LossMSE()))
            .build();
    return initialised(configuration, seed, Biases.NORMAL);
  }

  /** 1-10-1, weights from N(0,1), biases 0, mean squared error. */
  public static MultiLayerNetwork nonlinear(
      Activation hidden, Activation output, IUpdater updater, long seed) {
    MultiLayerConfiguration configuration =
        configuration(updater, seed)
            .list()
            .layer(new DenseLayer.Builder().nIn(1).nOut(HIDDEN).activation(hidden).build())
            .layer(output(HIDDEN, 1, output, new LossMSE()))
            .build();
    return initialised(configuration, seed, Biases.ZERO);
  }

  /** inputs→classes softmax, W and b from N(0,1), cross-entropy summed over the minibatch. */
  public static MultiLayerNetwork softmax(int inputs, int classes, IUpdater updater, long seed) {
    MultiLayerConfiguration configuration =
        configuration(updater, seed)
            // The tutorial's loss is a sum over the minibatch; DL4J would divide by its size.
            .miniBatch(false)
            .list()
            .layer(output(inputs, classes, Activation.SOFTMAX, new StabilisedCrossEntropy()))
            .build();
    return initialised(configuration, seed, Biases.NORMAL);
  }

  private enum Biases {
    ZERO,
    NORMAL
  }

  private static NeuralNetConfiguration.Builder configuration(IUpdater updater, long seed) {
    // DL4J would save the time of day as the seed.
    return new NeuralNetConfiguration.Builder().updater(updater).seed(seed);
  }

  private static OutputLayer output(int in, int out, Activation activation, ILossFunction loss) {
    return new OutputLayer.Builder(loss).nIn(in).nOut(out).activation(activation).build();
  }

  /**
   * Draws from {@link Random}, whose sequence is specified, and not from ND4J, whose sequence is
   * its native library's: one seed then means one start on every platform and version.
   */
  private static MultiLayerNetwork initialised(
      MultiLayerConfiguration configuration, long seed, Biases biases) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    // Random's first values are alike for neighbouring seeds, so the seed is scattered first.
    Random random = new Random(new SplittableRandom(seed).nextLong());
    network
        .paramTable()
        .forEach(
            (name, values) -> {
              if (biases == Biases.NORMAL
                  || !name.endsWith("_" + DefaultParamInitializer.BIAS_KEY)) {
                fill(values, random);
              }
            });
    return network;
  }

  private static void fill(INDArray values, Random random) {
    float[] drawn = new float[Math.toIntExact(values.length())];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) random.nextGaussian();
    }
    values.assign(Nd4j.create(drawn, values.shape(), 'c'));
  }
}
