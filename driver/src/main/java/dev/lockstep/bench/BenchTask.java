package dev.lockstep.bench;

import dev.lockstep.models.network.TutorialNetworks;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is trained, on MNIST. */
public enum BenchTask {
  /** The tutorial's 784→10 softmax regression. */
  SOFTMAX(new int[] {784, 10}),
  /** 784-128-10, ReLU and softmax. */
  MLP(new int[] {784, 128, 10});

  private static final long SEED = 1;

  private final int[] layers;

  BenchTask(int[] layers) {
    this.layers = layers;
  }

  /** Units from the input to the output. */
  int[] layers() {
    return layers.clone();
  }

  /** With the parameters that training starts from. */
  public MultiLayerNetwork network() {
    return this == SOFTMAX
        ? TutorialNetworks.softmax(layers[0], layers[1], new Sgd(0.01), SEED)
        : mlp();
  }

  private MultiLayerNetwork mlp() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .updater(new Sgd(0.1))
                .weightInit(WeightInit.XAVIER)
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(layers[0])
                        .nOut(layers[1])
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(layers[1])
                        .nOut(layers[2])
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }
}
