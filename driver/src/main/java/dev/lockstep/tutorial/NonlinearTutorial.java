package dev.lockstep.tutorial;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Points;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.report.Plots.Fit;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.LossScale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

/** y = x² + noise from 200 points, by a 1-10-1 network, all points in one step. */
public final class NonlinearTutorial implements Tutorial {
  private static final int POINTS = 200;
  private static final double NOISE = 0.05;

  /** Keeps the noise apart from the weights, which are drawn from the same seed. */
  private static final long NOISE_STREAM = 0x6e6f697365L;

  private final Activation hidden;
  private final Activation output;
  private final long seed;

  /** Of networks that are looked at, not trained. */
  private final TrainerFactory evaluators;

  /**
   * @param hidden activation of the hidden layer
   * @param output activation of the output layer; the tutorial uses the hidden one here too
   * @param seed of the noise
   */
  public NonlinearTutorial(Activation hidden, Activation output, long seed) {
    this.hidden = hidden;
    this.output = output;
    this.seed = seed;
    evaluators =
        LocalTrainers.factory(
            NetworkDefinition.of(network(Optimizer.SGD.updater(1), 0)), LocalStep.AUTO, 1, 1);
  }

  @Override
  public String name() {
    return "nonlinear";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("activation", hidden.name(), "outputActivation", output.name());
  }

  @Override
  public MultiLayerNetwork network(IUpdater updater, long seed) {
    return TutorialNetworks.nonlinear(hidden, output, updater, seed);
  }

  /** x evenly spaced from -1 to 1, float32 [200]. */
  public float[] x() {
    float[] x = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = (float) (-1 + 2.0 * i / (POINTS - 1));
    }
    return x;
  }

  /** x² with noise from N(0, 0.05), float32 [200]. */
  public float[] y() {
    Random random = new Random(new SplittableRandom(seed ^ NOISE_STREAM).nextLong());
    float[] y = x();
    for (int i = 0; i < POINTS; i++) {
      y[i] = (float) ((double) y[i] * y[i] + NOISE * random.nextGaussian());
    }
    return y;
  }

  @Override
  public DataSource training() {
    return Points.of(x(), y());
  }

  @Override
  public Optional<DataSource> validation() {
    return Optional.empty();
  }

  @Override
  public Optional<DataSource> test() {
    return Optional.empty();
  }

  @Override
  public double learningRate(Optimizer optimizer, double averaged) {
    return optimizer == Optimizer.ADAM ? 0.01 : 0.1;
  }

  @Override
  public int batchSize() {
    return POINTS;
  }

  @Override
  public TrainingLength length() {
    return new TrainingLength.Steps(20_000);
  }

  @Override
  public Ordering ordering() {
    return Ordering.AS_STORED;
  }

  @Override
  public EpochEnd epochEnd() {
    return EpochEnd.REMAINDER;
  }

  @Override
  public LossScale lossScale() {
    return LossScale.EXAMPLE;
  }

  /** The mean squared error over all points. */
  @Override
  public Map<String, Double> figures(ModelState state, double roundLoss) {
    return Map.of("loss", evaluator(state).loss(new Minibatch(x(), y(), POINTS)) / POINTS);
  }

  @Override
  public Optional<Fit> fit(ModelState state) {
    float[] fitted = evaluator(state).output(new Minibatch(x(), y(), POINTS));
    return Optional.of(new Fit(x(), y(), fitted));
  }

  private LocalTrainer evaluator(ModelState state) {
    LocalTrainer evaluator = evaluators.newTrainer();
    evaluator.load(new ModelState(state.parameters(), new float[0], 0));
    return evaluator;
  }
}
