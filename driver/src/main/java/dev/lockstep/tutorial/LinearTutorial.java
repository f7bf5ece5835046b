package dev.lockstep.tutorial;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Points;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.report.Plots.Fit;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.LossScale;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.IUpdater;

/** y = W·x + b fitted to 17 points, one point a step, in the order of the list. */
public record LinearTutorial() implements Tutorial {
  private static final float[] X = {
    3.3f, 4.4f, 5.5f, 6.71f, 6.93f, 4.168f, 9.779f, 6.182f, 7.59f, 2.167f, 7.042f, 10.791f, 5.313f,
    7.997f, 5.654f, 9.27f, 3.1f
  };
  private static final float[] Y = {
    3.0f, 4.7f, 5.0f, 7.21f, 6.93f, 4.168f, 9.779f, 6.182f, 7.59f, 2.167f, 7.042f, 10.291f, 5.813f,
    7.997f, 5.654f, 9.17f, 3.2f
  };

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  @Override
  public MultiLayerNetwork network(IUpdater updater, long seed) {
    return TutorialNetworks.linear(updater, seed);
  }

  @Override
  public DataSource training() {
    return Points.of(X, Y);
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
    return 0.01;
  }

  @Override
  public int batchSize() {
    return 1;
  }

  @Override
  public TrainingLength length() {
    return new TrainingLength.Epochs(1000);
  }

  @Override
  public Cadence.Unit unit() {
    return Cadence.Unit.EPOCHS;
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

  /** The mean squared error over all points, and the line. */
  @Override
  public Map<String, Double> figures(ModelState state, double roundLoss) {
    Map<String, Double> figures = new LinkedHashMap<>();
    float w = state.parameters()[0];
    float b = state.parameters()[1];
    double squares = 0;
    for (int i = 0; i < X.length; i++) {
      squares += Math.pow(w * X[i] + b - Y[i], 2);
    }
    figures.put("loss", squares / X.length);
    figures.put("W", (double) w);
    figures.put("b", (double) b);
    return figures;
  }

  @Override
  public Optional<Fit> fit(ModelState state) {
    float[] fitted = new float[X.length];
    for (int i = 0; i < X.length; i++) {
      fitted[i] = state.parameters()[0] * X[i] + state.parameters()[1];
    }
    return Optional.of(new Fit(X, Y, fitted));
  }
}
