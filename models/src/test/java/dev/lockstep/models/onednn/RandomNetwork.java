package dev.lockstep.models.onednn;

import static dev.lockstep.models.onednn.OneDnnNetworks.CLASSES;
import static dev.lockstep.models.onednn.OneDnnNetworks.part;

import dev.lockstep.models.ExampleLayout;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network of two to eight layers that follows from a seed: of pictures, sequences or rows. */
public final class RandomNetwork {
  private static final int SIDE = 6;
  private static final int CHANNELS = 2;
  private static final int STEPS = 5;
  private static final int WIDTH = 4;
  private static final int MOST_HIDDEN = 7;
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.TANH,
          Activation.SIGMOID,
          Activation.SOFTPLUS,
          Activation.ELU,
          Activation.RELU,
          Activation.IDENTITY,
          Activation.SWISH);

  private enum Kind {
    PICTURES,
    SEQUENCES,
    ROWS
  }

  private final long seed;
  private Random random;
  private Kind kind;

  public RandomNetwork(long seed) {
    this.seed = seed;
  }

  /** The same layers and parameters in each type. */
  public MultiLayerConfiguration configuration(DataType type) {
    random = new Random(seed);
    kind = Kind.values()[random.nextInt(Kind.values().length)];
    ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(type)
            .updater(new Sgd(0.1))
            .activation(activation())
            .list();
    int hidden = 1 + random.nextInt(MOST_HIDDEN);
    int side = SIDE;
    for (int i = 0; i < hidden; i++) {
      Layer next =
          switch (kind) {
            case PICTURES -> picture(side);
            case SEQUENCES -> sequence();
            case ROWS -> row();
          };
      list.layer(next);
      side = next instanceof SubsamplingLayer ? side / 2 : side;
    }
    boolean each = kind == Kind.SEQUENCES && random.nextBoolean();
    if (kind == Kind.SEQUENCES && !each) {
      list.layer(new GlobalPoolingLayer.Builder(pooling()).build());
    }
    return list.layer(end(each)).setInputType(input()).build();
  }

  /** After {@link #configuration}. */
  public ExampleLayout layout() {
    boolean each =
        configuration(DataType.FLOAT).getConf(last()).getLayer() instanceof RnnOutputLayer;
    return new ExampleLayout(
        List.of(
            switch (kind) {
              case PICTURES -> part(CHANNELS, SIDE, SIDE);
              case SEQUENCES -> part(WIDTH, STEPS);
              case ROWS -> part(WIDTH);
            }),
        List.of(each ? part(CLASSES, STEPS) : part(CLASSES)));
  }

  private int last() {
    return configuration(DataType.FLOAT).getConfs().size() - 1;
  }

  private InputType input() {
    return switch (kind) {
      case PICTURES -> InputType.convolutional(SIDE, SIDE, CHANNELS);
      case SEQUENCES -> InputType.recurrent(WIDTH, STEPS);
      case ROWS -> InputType.feedForward(WIDTH);
    };
  }

  private Activation activation() {
    return ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
  }

  private PoolingType pooling() {
    return PoolingType.values()[random.nextInt(PoolingType.values().length)];
  }

  private int units() {
    return 2 + random.nextInt(3);
  }

  private Layer picture(int side) {
    return switch (random.nextInt(side > 1 ? 7 : 6)) {
      case 0 ->
          new ConvolutionLayer.Builder(3, 3)
              .convolutionMode(ConvolutionMode.Same)
              .hasBias(random.nextBoolean())
              .nOut(units())
              .activation(activation())
              .build();
      case 1 ->
          new ConvolutionLayer.Builder(1, 2)
              .convolutionMode(ConvolutionMode.Same)
              .dilation(1, 2)
              .nOut(units())
              .build();
      case 2 ->
          new DepthwiseConvolution2D.Builder(2, 2)
              .convolutionMode(ConvolutionMode.Same)
              .depthMultiplier(1 + random.nextInt(2))
              .build();
      case 3 -> new BatchNormalization.Builder().build();
      case 4 -> new ActivationLayer.Builder().activation(activation()).build();
      case 5 ->
          random.nextBoolean()
              ? new ZeroPaddingLayer.Builder(1, 0, 0, 1).build()
              : new Upsampling2D.Builder(2).build();
      default ->
          new SubsamplingLayer.Builder(
                  random.nextBoolean()
                      ? SubsamplingLayer.PoolingType.MAX
                      : SubsamplingLayer.PoolingType.AVG,
                  new int[] {2, 2})
              .stride(2, 2)
              .build();
    };
  }

  @SuppressWarnings("deprecation") // Some are, but people have them.
  private Layer sequence() {
    return switch (random.nextInt(7)) {
      case 0 -> new LSTM.Builder().nOut(units()).activation(Activation.TANH).build();
      case 1 -> new GravesLSTM.Builder().nOut(units()).activation(Activation.TANH).build();
      case 2 ->
          new Bidirectional(
              Bidirectional.Mode.values()[random.nextInt(Bidirectional.Mode.values().length)],
              new LSTM.Builder().nOut(units()).activation(Activation.TANH).build());
      case 3 ->
          new Convolution1DLayer.Builder(3, 1)
              .convolutionMode(ConvolutionMode.Same)
              .nOut(units())
              .build();
      case 4 -> new SimpleRnn.Builder().nOut(units()).activation(Activation.TANH).build();
      case 5 ->
          new GravesBidirectionalLSTM.Builder().nOut(units()).activation(Activation.TANH).build();
      default -> new DenseLayer.Builder().nOut(units()).activation(activation()).build();
    };
  }

  private Layer row() {
    return switch (random.nextInt(3)) {
      case 0 -> new BatchNormalization.Builder().build();
      case 1 -> new ActivationLayer.Builder().activation(activation()).build();
      default -> new DenseLayer.Builder().nOut(units()).activation(activation()).build();
    };
  }

  private Layer end(boolean each) {
    boolean classes = random.nextBoolean();
    LossFunction loss = classes ? LossFunction.MCXENT : LossFunction.MSE;
    Activation activation = classes ? Activation.SOFTMAX : Activation.TANH;
    return each
        ? new RnnOutputLayer.Builder(loss).nOut(CLASSES).activation(activation).build()
        : new OutputLayer.Builder(loss).nOut(CLASSES).activation(activation).build();
  }
}
