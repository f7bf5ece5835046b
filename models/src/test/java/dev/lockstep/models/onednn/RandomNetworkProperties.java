package dev.lockstep.models.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.NetworkDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Gradients against those of DL4J in float64, and those against differences of the loss. */
class RandomNetworkProperties {
  private static final int SIZE = 4;
  private static final double STEP = 1e-6;

  /** How many parameters of each network are moved. */
  private static final int MOVED = 4;

  /** Of the typical derivative: float32 through up to eight layers. */
  private static final double FLOAT_TOLERANCE = 1e-3;

  private static final double DOUBLE_TOLERANCE = 1e-5;

  private static final double LEAST_VARIANCE = 1e-3;

  /** By how much slopes on both sides differ where the loss bends at once. */
  private static final double KINK = 1e-3;

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void a_network_is_differentiated_as_dl4j_and_differences_of_its_loss_do(@ForAll long seed) {
    RandomNetwork network = new RandomNetwork(seed);
    MultiLayerNetwork exact = new MultiLayerNetwork(network.configuration(DataType.DOUBLE));
    exact.init();
    OneDnnCase plain =
        new OneDnnCase(
            "random",
            NetworkDefinition.of(network.configuration(DataType.FLOAT)),
            network.layout());
    exact.params().assign(Nd4j.createFromArray(plain.start().parameters()).castTo(DataType.DOUBLE));
    Minibatch minibatch = plain.minibatch(new Random(seed), SIZE);
    DataSet data = data(plain.layout(), minibatch);
    Assume.that(normalisesMoreThanRounding(exact, data));
    double[] expected = gradient(exact, data).orElse(null);
    Assume.that(expected != null);
    LocalTrainer trainer = plain.trainer(LocalStep.ONEDNN);
    trainer.load(plain.start());
    float[] found = new float[expected.length];
    double loss = trainer.gradient(minibatch, found);
    trainer.close();

    assertThat(loss / SIZE).as("loss").isCloseTo(exact.score(data, true), within(1e-4));
    List<Integer> weights = weights(exact);
    double typical =
        Math.sqrt(weights.stream().mapToDouble(i -> expected[i] * expected[i]).average().orElse(0));
    for (int i : weights) {
      double allowed = FLOAT_TOLERANCE * Math.max(1e-3, Math.max(typical, Math.abs(expected[i])));
      assertThat((double) found[i]).as("derivative %d", i).isCloseTo(expected[i], within(allowed));
    }
    Random random = new Random(seed);
    for (int k = 0; k < MOVED; k++) {
      int i = weights.get(random.nextInt(weights.size()));
      double there = SIZE * exact.score(data, true);
      double ahead = (SIZE * moved(exact, data, i, STEP) - there) / STEP;
      double behind = (there - SIZE * moved(exact, data, i, -STEP)) / STEP;
      double slope = (ahead + behind) / 2;
      if (Math.abs(ahead - behind) > KINK * Math.max(1, Math.abs(slope))) {
        continue; // A kink, as of ReLU at 0, has no derivative.
      }
      assertThat(expected[i])
          .as("derivative %d by differences", i)
          .isCloseTo(slope, within(DOUBLE_TOLERANCE * Math.max(1, Math.abs(slope))));
    }
  }

  private static DataSet data(ExampleLayout layout, Minibatch minibatch) {
    return new DataSet(
        array(layout.features().get(0), minibatch.features()),
        array(layout.labels().get(0), minibatch.labels()));
  }

  private static INDArray array(ExampleLayout.Part part, float[] values) {
    long[] shape =
        LongStream.concat(
                LongStream.of(SIZE), part.values().dimensions().stream().mapToLong(d -> d))
            .toArray();
    return Nd4j.createFromArray(values).castTo(DataType.DOUBLE).reshape('c', shape);
  }

  /**
   * Of a value that is the same in all examples normalisation makes three hundred times the error.
   */
  private static boolean normalisesMoreThanRounding(MultiLayerNetwork network, DataSet data) {
    List<INDArray> values;
    try {
      values = network.feedForward(data.getFeatures(), true);
    } catch (DL4JInvalidInputException e) {
      return false;
    }
    for (int i = 0; i < network.getnLayers(); i++) {
      INDArray before = values.get(i);
      if (network.getLayer(i) instanceof BatchNormalization) {
        int[] others = before.rank() == 2 ? new int[] {0} : new int[] {0, 2, 3};
        if (before.var(false, others).minNumber().doubleValue() < LEAST_VARIANCE) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Nothing where DL4J has none: widths that it infers and then refuses, and what has no
   * derivative.
   */
  private static Optional<double[]> gradient(MultiLayerNetwork network, DataSet data) {
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    try {
      network.computeGradientAndScore();
    } catch (DL4JInvalidInputException e) {
      return Optional.empty();
    }
    double[] gradient = network.getFlattenedGradients().toDoubleVector();
    // The root of a p-norm has no derivative at 0.
    boolean finite = Arrays.stream(gradient).allMatch(Double::isFinite);
    return finite ? Optional.of(gradient) : Optional.empty();
  }

  /** All parameters but running statistics, which the loss does not follow. */
  private static List<Integer> weights(MultiLayerNetwork network) {
    boolean[] statistic = new boolean[Math.toIntExact(network.numParams())];
    network
        .paramTable()
        .forEach(
            (name, values) -> {
              if (name.endsWith("mean") || name.endsWith("stdev") || name.endsWith("var")) {
                int from = Math.toIntExact(values.offset());
                Arrays.fill(statistic, from, from + Math.toIntExact(values.length()), true);
              }
            });
    List<Integer> weights = new ArrayList<>();
    for (int i = 0; i < statistic.length; i++) {
      if (!statistic[i]) {
        weights.add(i);
      }
    }
    return weights;
  }

  private static double moved(MultiLayerNetwork network, DataSet data, int parameter, double by) {
    INDArray parameters = network.params();
    double before = parameters.getDouble(parameter);
    parameters.putScalar(parameter, before + by);
    double loss = network.score(data, true);
    parameters.putScalar(parameter, before);
    return loss;
  }
}
