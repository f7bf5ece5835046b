package dev.lockstep.tutorial;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.Optimizer;
import dev.lockstep.report.Plots.Fit;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.LossScale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** One of the tutorials: a network, its data, and how the tutorial trains it. */
public interface Tutorial {

  /** As on the command line. */
  String name();

  /** What distinguishes this network and data from others of the tutorial, by name. */
  Map<String, Object> settings();

  /** The network with the parameters it starts from. */
  MultiLayerNetwork network(Optimizer optimizer, double learningRate, long seed);

  /** What is trained. */
  DataSource training();

  /** What is looked at while training, if the tutorial has such data. */
  Optional<DataSource> validation();

  /** What the trained model is tested on, if the tutorial has such data. */
  Optional<DataSource> test();

  /**
   * The learning rate where none is given.
   *
   * @param averaged how many workers' steps are averaged into one
   */
  double learningRate(Optimizer optimizer, int averaged);

  /** Examples in the tutorial's minibatch. */
  int batchSize();

  /** How long to train where nothing is said. */
  TrainingLength length();

  /** What displays and checkpoints are counted in. */
  Cadence.Unit unit();

  /** In which order examples are trained. */
  Ordering ordering();

  /** How an epoch ends. */
  EpochEnd epochEnd();

  /** What the displayed loss is a mean over. */
  LossScale lossScale();

  /**
   * What the tutorial displays, by name.
   *
   * @param roundLoss the loss of the round that led to the state
   */
  Map<String, Double> figures(ModelState state, double roundLoss);

  /** How pictures become the network's input, if they do. */
  default Optional<ImagePreprocessing> preprocessing() {
    return Optional.empty();
  }

  /** What the classes are called, by number; empty if they have no names. */
  default List<String> classNames() {
    return List.of();
  }

  /** The points and what the network says of them, where that can be drawn. */
  Optional<Fit> fit(ModelState state);
}
