package dev.lockstep.models;

import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Two layers of a kind under a small softmax layer, so that the second has to give the gradient of
 * its input too.
 *
 * <p>Counted are multiplications and additions of the two layers: of the products, and one for each
 * value that pooling looks at or batch normalisation reads.
 */
public enum TimedLayer {
  /** 1024→1024→1024. */
  DENSE(InputType.feedForward(1024), 2.0 * 1024 * 1024, 1024),
  /** 3×3, 64 maps of 32×32 each. */
  CONVOLUTION(pictures(), 2.0 * 64 * 64 * 9 * 32 * 32, 64, 32, 32),
  /** 1×1, 64 maps of 32×32 each. */
  CONVOLUTION_1X1(pictures(), 2.0 * 64 * 64 * 32 * 32, 64, 32, 32),
  /** 64 maps of 32×32; a 1×1 convolution before it needs the gradient, and is not counted. */
  POOLING(pictures(), 64.0 * 32 * 32, 64, 32, 32),
  /** 64 maps of 32×32. */
  NORMALISATION(pictures(), 64.0 * 32 * 32, 64, 32, 32),
  /** 128 units of 128 inputs, 64 steps. */
  LSTM(InputType.recurrent(128, 64), 2.0 * 64 * 4 * 128 * 256, 128, 64);

  static final int BATCH = 32;
  static final int CLASSES = 10;

  private final InputType input;
  private final double operations;
  private final long[] shape;

  /**
   * @param operations of one of the two layers, forward, for an example
   */
  TimedLayer(InputType input, double operations, long... shape) {
    this.input = input;
    this.operations = operations;
    this.shape = shape;
  }

  private static InputType pictures() {
    return InputType.convolutional(32, 32, 64);
  }

  NetworkDefinition network() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new NoOp())
            .activation(Activation.RELU)
            .list();
    layers().forEach(layers::layer);
    if (this != DENSE) {
      layers.layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    }
    OutputLayer.Builder output = new OutputLayer.Builder(new LossMCXENT());
    return NetworkDefinition.of(
        layers
            .layer(output.nOut(CLASSES).activation(Activation.SOFTMAX).build())
            .setInputType(input)
            .build());
  }

  private List<Layer> layers() {
    return switch (this) {
      case DENSE ->
          List.of(
              new DenseLayer.Builder().nOut(1024).build(),
              new DenseLayer.Builder().nOut(1024).build());
      case CONVOLUTION -> List.of(convolution(3), convolution(3));
      case CONVOLUTION_1X1 -> List.of(convolution(1), convolution(1));
      case POOLING -> List.of(convolution(1), pooling(), pooling());
      case NORMALISATION -> List.of(new BatchNormalization(), new BatchNormalization());
      case LSTM ->
          List.of(
              new LSTM.Builder().nOut(128).activation(Activation.TANH).build(),
              new LSTM.Builder().nOut(128).activation(Activation.TANH).build());
    };
  }

  private static Layer convolution(int side) {
    return new ConvolutionLayer.Builder(side, side)
        .convolutionMode(ConvolutionMode.Same)
        .nOut(64)
        .build();
  }

  private static Layer pooling() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  long[] shape() {
    return shape.clone();
  }

  /** Of a minibatch forward, in 10⁹; of the second of two poolings there is a quarter. */
  double forward() {
    return BATCH * (this == POOLING ? 1.25 : 2) * operations / 1e9;
  }

  /** Of a minibatch forward and backward: backward a layer has two, the first of them one. */
  double forwardAndBackward() {
    return this == POOLING ? 2 * forward() : 5 * forward() / 2;
  }
}
