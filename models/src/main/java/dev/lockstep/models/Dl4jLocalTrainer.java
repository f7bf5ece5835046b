package dev.lockstep.models;

import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Any DL4J network with one input and one output, trained by DL4J itself. */
public final class Dl4jLocalTrainer implements LocalTrainer {
  private final Dl4jNetwork network;
  private final int labelLength;
  private final long[] featureShape;

  /**
   * @param network float32, trained in place
   * @param labelLength how many values the labels of one example have
   * @param featureShape the shape of one example's features as the network takes them, such as
   *     [784] or [1, 28, 28]
   * @throws ModelError if the network is not float32
   */
  public Dl4jLocalTrainer(Model network, int labelLength, long... featureShape) {
    if (network.params().dataType() != DataType.FLOAT) {
      throw new ModelError(
          "the network's parameters are %s: expected FLOAT, set dataType(DataType.FLOAT)"
              .formatted(network.params().dataType()));
    }
    this.network = Dl4jNetwork.of(network);
    this.labelLength = labelLength;
    this.featureShape = featureShape.clone();
  }

  /** Replaces a network's parameters, updater state and iteration count. */
  static void load(Model model, ModelState state) {
    load(Dl4jNetwork.of(model), state);
  }

  private static void load(Dl4jNetwork network, ModelState state) {
    write(state.parameters(), network.model().params());
    if (state.updaterState().length > 0) {
      write(state.updaterState(), network.updater().getStateViewArray());
    }
    network.iterations(state.updates());
  }

  /** A copy of a network's parameters, updater state and iteration count. */
  public static ModelState stateOf(Model model) {
    return stateOf(Dl4jNetwork.of(model));
  }

  private static ModelState stateOf(Dl4jNetwork network) {
    INDArray moments = network.updater().getStateViewArray();
    return new ModelState(
        read(network.model().params()),
        moments == null ? new float[0] : read(moments),
        network.iterations());
  }

  @Override
  public void load(ModelState state) {
    load(network, state);
  }

  @Override
  public void seed(long seed) {
    Nd4j.getRandom().setSeed(seed);
  }

  @Override
  public ModelState state() {
    return stateOf(network);
  }

  @Override
  public double step(Minibatch minibatch) {
    double regularisation = network.regularisation();
    network.fit(features(minibatch), labels(minibatch));
    return lossSum(network.model().score(), regularisation, minibatch.size());
  }

  @Override
  public double gradient(Minibatch minibatch, float[] sum) {
    double regularisation = network.regularisation();
    network.computeGradient(features(minibatch), labels(minibatch));
    floats(network.updater().getFlattenedGradientsView()).get(sum, 0, sum.length);
    return lossSum(network.model().score(), regularisation, minibatch.size());
  }

  @Override
  public void apply(float[] sum, int examples) {
    INDArray gradient = network.updater().getFlattenedGradientsView();
    write(sum, gradient);
    int epoch = 0;
    network
        .updater()
        .update(
            network.gradientViews(),
            network.iterations(),
            epoch,
            examples,
            LayerWorkspaceMgr.noWorkspaces());
    INDArray parameters = network.model().params();
    parameters.subi(gradient.reshape(parameters.shape()));
    network.iterations(network.iterations() + 1);
    network.model().applyConstraints(network.iterations(), epoch);
  }

  @Override
  public double loss(Minibatch minibatch) {
    return lossSum(
        network.loss(features(minibatch), labels(minibatch)),
        network.regularisation(),
        minibatch.size());
  }

  @Override
  public float[] output(Minibatch minibatch) {
    return read(network.output(features(minibatch)).dup('c'));
  }

  private double lossSum(double score, double regularisation, int examples) {
    double loss = score - regularisation;
    return network.dividesByMinibatch() ? loss * examples : loss;
  }

  private INDArray features(Minibatch minibatch) {
    long[] shape = new long[featureShape.length + 1];
    shape[0] = minibatch.size();
    System.arraycopy(featureShape, 0, shape, 1, featureShape.length);
    return array(minibatch.features(), shape);
  }

  private INDArray labels(Minibatch minibatch) {
    return array(minibatch.labels(), minibatch.size(), labelLength);
  }

  private static INDArray array(float[] rowMajor, long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    floats(array).put(rowMajor, 0, Math.toIntExact(array.length()));
    return array;
  }

  private static FloatPointer floats(INDArray array) {
    return (FloatPointer) array.data().addressPointer();
  }

  private static void write(float[] values, INDArray array) {
    if (values.length != array.length()) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(array.length(), values.length));
    }
    floats(array).put(values, 0, values.length);
  }

  private static float[] read(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    floats(array).get(values, 0, values.length);
    return values;
  }
}
