package dev.lockstep.tutorial;

import dev.lockstep.data.DataSource;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.Optimizer;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.train.LossScale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** One of the tutorials: a network, its data, and how the tutorial trains it. */
public interface Tutorial {

  /** As on the command line. */
  String name();

  /** The network with the parameters it starts from. */
  MultiLayerNetwork network(Optimizer optimizer, double learningRate, long seed);

  /** What is trained. */
  DataSource training();

  /** What the trained model is tested on, if the tutorial has such data. */
  Optional<DataSource> test();

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
}
