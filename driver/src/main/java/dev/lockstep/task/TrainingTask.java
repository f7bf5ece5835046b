package dev.lockstep.task;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.models.ModelState;
import dev.lockstep.report.Plots.Fit;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.train.Cadence;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.NormalisationChoice;
import java.util.Map;
import java.util.Optional;

/** What a run trains. */
public interface TrainingTask {

  /** As on the command line. */
  String name();

  /** What distinguishes this network and data from others of the task, by name. */
  Map<String, Object> settings();

  /** The network with what its training starts from. */
  Start start(StartChoice choice);

  /** In how many epochs learning rates rise from 0, where nothing is said. */
  default double warmup(StartChoice choice) {
    return 0;
  }

  /** What is trained. */
  DataSource training();

  /** What is looked at while training, if there is such data. */
  Optional<DataSource> validation();

  /** What the trained model is tested on, if there is such data. */
  Optional<DataSource> test();

  /** How long to train where nothing is said. */
  TrainingLength length();

  /** What displays and checkpoints are counted in. */
  default Cadence.Unit unit() {
    return Cadence.Unit.STEPS;
  }

  /** In which order examples are trained. */
  Ordering ordering();

  /** How an epoch ends. */
  EpochEnd epochEnd();

  /** What the displayed loss is a mean over. */
  LossScale lossScale();

  /**
   * What is displayed, by name; among them "loss".
   *
   * @param roundLoss the loss of the round that led to the state
   */
  default Map<String, Double> figures(ModelState state, double roundLoss) {
    return Map.of("loss", roundLoss);
  }

  /** How data come into a range that trains well. */
  default NormalisationChoice normalisation() {
    return NormalisationChoice.OF_FEATURES;
  }

  /** How pictures are changed while they are trained. */
  default Augmentation augmentation() {
    return Augmentation.NONE;
  }

  /** How pictures become the network's input, if they do. */
  default Optional<ImagePreprocessing> preprocessing() {
    return Optional.empty();
  }

  /** The points and what the network says of them, where that can be drawn. */
  default Optional<Fit> fit(ModelState state) {
    return Optional.empty();
  }
}
