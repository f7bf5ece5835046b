package dev.lockstep.models.network;

import dev.lockstep.models.NetworkDefinition;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The code that the files in {@code models/examples} come from. */
final class ExampleConfigurations {
  private static final int CLASSES = 10;
  private static final int CHARACTERS = 64;

  private ExampleConfigurations() {}

  static NetworkDefinition of(ExampleNetwork network) {
    return switch (network) {
      case SOFTMAX -> dense();
      case MLP -> dense(named("dense", new DenseLayer.Builder().nOut(128)));
      case WIDE -> wide();
      case LENET -> lenet();
      case CIFAR -> cifar();
      case RESNET20 -> ResidualConfiguration.of(3);
      case LSTM -> lstm();
    };
  }

  private static NetworkDefinition dense(Layer... hidden) {
    NeuralNetConfiguration.Builder builder = builder(new Sgd(0.1)).weightInit(WeightInit.XAVIER);
    return stack(builder, List.of(hidden), InputType.feedForward(784));
  }

  private static NetworkDefinition wide() {
    List<Layer> layers = new ArrayList<>();
    layers.add(named("dense1", new DenseLayer.Builder().nOut(4096)));
    layers.add(named("dense2", new DenseLayer.Builder().nOut(4096)));
    return stack(builder(new Adam(0.0003)), layers, InputType.feedForward(784));
  }

  /**
   * LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998) as it is built today: ReLU and maxima in place
   * of tanh and means, softmax in place of radial basis functions, all maps joined.
   */
  private static NetworkDefinition lenet() {
    List<Layer> layers = new ArrayList<>();
    ConvolutionLayer.Builder first = new ConvolutionLayer.Builder(5, 5);
    layers.add(named("conv1", first.convolutionMode(ConvolutionMode.Same).nOut(6)));
    layers.add(maximum("pool1"));
    layers.add(named("conv2", new ConvolutionLayer.Builder(5, 5).nOut(16)));
    layers.add(maximum("pool2"));
    layers.add(named("dense1", new DenseLayer.Builder().nOut(120)));
    layers.add(named("dense2", new DenseLayer.Builder().nOut(84)));
    // Fast at first, as minibatches of two workers are few; then ever finer.
    ExponentialSchedule rate = new ExponentialSchedule(ScheduleType.EPOCH, 0.003, 0.6);
    return stack(builder(new Adam(rate)), layers, InputType.convolutional(28, 28, 1));
  }

  /** A network for small colour pictures, of every kind of layer that such have. */
  private static NetworkDefinition cifar() {
    List<Layer> layers = new ArrayList<>();
    normalisedConvolution(layers, 1, 32);
    normalisedConvolution(layers, 2, 32);
    layers.add(maximum("pool1"));
    normalisedConvolution(layers, 3, 64);
    layers.add(maximum("pool2"));
    layers.add(named("dense", new DenseLayer.Builder().nOut(128)));
    return stack(builder(new Adam(0.001)), layers, InputType.convolutional(32, 32, 3));
  }

  private static void normalisedConvolution(List<Layer> layers, int number, int maps) {
    layers.add(named("conv" + number, convolution(3, 1, maps)));
    layers.add(named("norm" + number, new BatchNormalization.Builder()));
    layers.add(named("relu" + number, new ActivationLayer.Builder().activation(Activation.RELU)));
  }

  /** As much padding on each side, as PyTorch has it; what follows adds its own bias. */
  static ConvolutionLayer.Builder convolution(int side, int stride, int maps) {
    return new ConvolutionLayer.Builder(side, side)
        .stride(stride, stride)
        .padding(side / 2, side / 2)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .nOut(maps);
  }

  /** Predicts at each step the next character, of one-hot characters. */
  private static NetworkDefinition lstm() {
    return NetworkDefinition.of(
        builder(new Adam(0.005))
            .weightInit(WeightInit.XAVIER)
            .list()
            .layer(named("lstm", new LSTM.Builder().nOut(128).activation(Activation.TANH)))
            .layer(
                new RnnOutputLayer.Builder(new LossMCXENT())
                    .name("output")
                    .nOut(CHARACTERS)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.recurrent(CHARACTERS))
            .build());
  }

  static NeuralNetConfiguration.Builder builder(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(updater)
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU);
  }

  private static NetworkDefinition stack(
      NeuralNetConfiguration.Builder builder, List<Layer> hidden, InputType input) {
    NeuralNetConfiguration.ListBuilder layers = builder.list();
    hidden.forEach(layers::layer);
    return NetworkDefinition.of(layers.layer(output()).setInputType(input).build());
  }

  static Layer output() {
    return new OutputLayer.Builder(new LossMCXENT())
        .name("output")
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .weightInit(WeightInit.XAVIER)
        .build();
  }

  private static Layer maximum(String name) {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .name(name)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  static <T extends Layer.Builder<T>> Layer named(String name, Layer.Builder<T> layer) {
    return layer.name(name).build();
  }
}
