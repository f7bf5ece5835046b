package dev.lockstep.models.dl4j;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.PassSize;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Any DL4J network, trained by DL4J itself. */
public final class Dl4jLocalTrainer implements LocalTrainer {
  private static final int MOST_IN_PASS = 32;

  private final Dl4jNetwork network;
  private final MinibatchArrays arrays;
  private final SparseClasses classNumbers;
  private final StepObserver observer;
  private final ScaledRates rates;
  private int epoch;
  private int passSize;

  /**
   * @param network float32, trained in place
   * @param labelLength how many values the labels of one example have
   * @param featureShape the shape of one example's features as the network takes them, such as
   *     [784] or [1, 28, 28]
   * @throws ModelError if the network is not float32
   */
  public Dl4jLocalTrainer(Model network, int labelLength, long... featureShape) {
    this(network, ExampleLayout.of(labelLength, featureShape), StepObserver.NONE);
  }

  /**
   * @param network float32, trained in place
   * @param layout where the network's arrays are in a minibatch
   * @param observer told of each step
   * @throws ModelError if the network is not float32
   */
  Dl4jLocalTrainer(Model network, ExampleLayout layout, StepObserver observer) {
    expectFloat32(network);
    this.network = Dl4jNetwork.of(network);
    rates = new ScaledRates(this.network);
    arrays = new MinibatchArrays(layout);
    classNumbers = SparseClasses.of(network, InputTypes.channelsLastOr(network, false));
    this.observer = observer;
  }

  /**
   * @throws ModelError if the network is not float32, or has none
   */
  public static void expectFloat32(Model network) {
    expectParameters(network);
    if (network.params().dataType() != DataType.FLOAT) {
      throw new ModelError(
          "the network's parameters are %s: expected FLOAT, set dataType(DataType.FLOAT)"
              .formatted(network.params().dataType()));
    }
  }

  private static void expectParameters(Model network) {
    if (network.params() == null || network.params().isEmpty()) {
      throw new ModelError("no layer of the network has parameters: there is nothing to train");
    }
  }

  /** Replaces a network's parameters, updater state and iteration count. */
  public static void load(Model model, ModelState state) {
    load(Dl4jNetwork.of(model), state);
  }

  private static void load(Dl4jNetwork network, ModelState state) {
    Floats.write(state.parameters(), network.model().params());
    if (state.updaterState().length > 0) {
      Floats.write(state.updaterState(), network.updater().getStateViewArray());
    }
    network.iterations(state.updates());
  }

  /** Tells a network which epoch it is in, from 0. */
  public static void epoch(Model model, int number) {
    Dl4jNetwork.of(model).epoch(number);
  }

  /** The loss of the minibatch that a network was last fitted to, as {@link #step} gives it. */
  public static double lastLoss(Model model, int examples) {
    Dl4jNetwork network = Dl4jNetwork.of(model);
    return lossSum(network, network.regularisation(), examples);
  }

  /** A copy of a network's parameters, updater state and iteration count. */
  public static ModelState stateOf(Model model) {
    return stateOf(Dl4jNetwork.of(model));
  }

  private static ModelState stateOf(Dl4jNetwork network) {
    expectParameters(network.model());
    INDArray moments = network.updater().getStateViewArray();
    return new ModelState(
        Floats.read(network.model().params()),
        moments == null ? new float[0] : Floats.read(moments),
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
  public void epoch(int number) {
    epoch = number;
    network.epoch(number);
  }

  @Override
  public void rate(double factor) {
    rates.scale(factor, network.iterations(), epoch);
  }

  private MultiDataSet data(Minibatch minibatch) {
    return classNumbers.in(arrays.of(minibatch));
  }

  @Override
  public double step(Minibatch minibatch) {
    // DL4J divides by the number of examples, not by what they weigh.
    double mean = network.dividesByMinibatch() ? minibatch.size() / divisor(minibatch.weight()) : 1;
    return counting(
        minibatch,
        mean,
        () -> {
          double regularisation = network.regularisation();
          MultiDataSet data = data(minibatch);
          observer.before(data, network.model());
          network.fit(data);
          observer.after(data, network.model());
          return lossSum(network, regularisation, minibatch.size()) / mean;
        });
  }

  @Override
  public double gradient(Minibatch minibatch, float[] sum) {
    return counting(
        minibatch,
        1,
        () -> {
          double regularisation = network.regularisation();
          network.computeGradient(data(minibatch));
          network.meanGradients().forEach(view -> view.muli(minibatch.size()));
          System.arraycopy(
              Floats.read(network.updater().getFlattenedGradientsView()), 0, sum, 0, sum.length);
          return lossSum(network, regularisation, minibatch.size());
        });
  }

  /** What a pass gives whose examples count by their weights, times a factor. */
  private double counting(Minibatch minibatch, double factor, DoubleSupplier pass) {
    if (minibatch.weights() == null) {
      return pass.getAsDouble();
    }
    float[] weights = Arrays.copyOf(minibatch.weights(), minibatch.size());
    for (int row = 0; row < weights.length; row++) {
      weights[row] *= (float) factor;
    }
    return WeightedLoss.during(network, weights, pass);
  }

  @Override
  public void apply(float[] sum, int examples, double weight) {
    INDArray gradient = network.updater().getFlattenedGradientsView();
    Floats.write(sum, gradient);
    network.meanGradients().forEach(view -> view.divi(examples));
    if (weight != examples && network.dividesByMinibatch()) {
      double mean = examples / divisor(weight);
      gradient.muli(mean);
      network.meanGradients().forEach(view -> view.divi(mean));
    }
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
    return counting(
        minibatch,
        1,
        () -> {
          double loss = network.loss(data(minibatch));
          return sum(network, loss - network.regularisation(), minibatch.size());
        });
  }

  @Override
  public float[] output(Minibatch minibatch) {
    int rows = Math.max(passSize(), minibatch.size());
    float[] all = Floats.rowMajor(network.output(arrays.of(arrays.repeated(minibatch, rows)))[0]);
    return Arrays.copyOf(all, all.length / rows * minibatch.size());
  }

  /** One pass, where no row of it was to be filled. */
  @Override
  public Assessment assess(Minibatch minibatch) {
    if (minibatch.weights() != null || minibatch.size() < passSize()) {
      return LocalTrainer.super.assess(minibatch);
    }
    Dl4jNetwork.Forward pass = network.forward(data(minibatch));
    return new Assessment(
        sum(network, pass.loss() - network.regularisation(), minibatch.size()),
        Floats.rowMajor(pass.output()));
  }

  /** Found by a pass of one example, once. */
  @Override
  public int passSize() {
    if (passSize == 0) {
      long values = network.values(arrays.blank());
      passSize = PassSize.of(MOST_IN_PASS, values, arrays.layout().featureLength());
    }
    return passSize;
  }

  /** With no weight at all every gradient is 0. */
  private static double divisor(double weight) {
    return weight == 0 ? 1 : weight;
  }

  private static double lossSum(Dl4jNetwork network, double regularisation, int examples) {
    return sum(network, network.model().score() - regularisation, examples);
  }

  private static double sum(Dl4jNetwork network, double loss, int examples) {
    return network.dividesByMinibatch() ? loss * examples : loss;
  }
}
