package dev.lockstep.tutorial;

import dev.lockstep.data.DataParts;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.idx.Mnist;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.models.network.MomentDecays;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.EpochEnd;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.TrainingLength;
import dev.lockstep.task.StartChoice;
import dev.lockstep.train.LossScale;
import dev.lockstep.train.NormalisationChoice;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.IUpdater;

/** Softmax regression on 28×28 images of ten classes, in shuffled minibatches that are all full. */
public record MnistTutorial(DataParts data, NormalisationMethod pixels) implements Tutorial {
  private static final int SIDE = 28;
  private static final int PIXELS = SIDE * SIDE;
  private static final int CLASSES = 10;

  /** Of learning rates of gradient descent. */
  private static final int MAX_SCALING = 8;

  /** Of Adam's learning rate, whose steps have one length whatever the gradients. */
  private static final int MAX_ADAM_SCALING = 64;

  /** With pixels from 0 to 1, as in the tutorial. */
  public MnistTutorial(Mnist data) {
    this(data.parts(), NormalisationMethod.AUTO);
  }

  @Override
  public String name() {
    return "mnist";
  }

  @Override
  public Map<String, Object> settings() {
    return pixels == NormalisationMethod.AUTO
        ? Map.of()
        : Map.of("normalise", pixels.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public NormalisationChoice normalisation() {
    return NormalisationChoice.of(pixels);
  }

  @Override
  public MultiLayerNetwork network(IUpdater updater, long seed) {
    return TutorialNetworks.softmax(PIXELS, CLASSES, updater, seed);
  }

  @Override
  public DataSource training() {
    return data.train();
  }

  @Override
  public Optional<DataSource> validation() {
    return data.validation();
  }

  @Override
  public Optional<DataSource> test() {
    return data.test();
  }

  /**
   * 0.01, with Adam 0.001, times the number of workers whose steps are averaged (the linear scaling
   * rule of Goyal et al. 2017), as far as single workers stay stable. The tutorial's loss is a sum
   * over the minibatch, so the average of K workers' steps is a K-th of the step that their
   * examples would make together; and Adam's steps have one length, of which K workers make a K-th
   * as many one after the other. With Nesterov's momentum, which makes ten steps of one, single
   * workers are not stable beyond 0.01.
   */
  @Override
  public double learningRate(Optimizer optimizer, double averaged) {
    return switch (optimizer) {
      case ADAM -> 0.001 * Math.min(averaged, MAX_ADAM_SCALING);
      case SGD -> 0.01 * Math.min(averaged, MAX_SCALING);
      case NESTEROVS -> 0.01;
    };
  }

  /** So that all workers together step as far as those that single workers' rates are scaled by. */
  @Override
  public double added(Optimizer optimizer, int workers) {
    int scaling = optimizer == Optimizer.NESTEROVS ? 1 : MAX_SCALING;
    return Math.max(1, workers / (double) scaling);
  }

  /**
   * With gradient descent where workers take its longest steps: without, one start of three loses a
   * digit at once and for good, and with an outer optimizer two of three. With momentum, whose
   * steps are as long with one worker, an epoch.
   */
  @Override
  public double warmup(StartChoice choice) {
    if (choice.learningRate().isPresent()) {
      return 0;
    }
    return switch (choice.optimizer().orElse(Optimizer.SGD)) {
      case ADAM -> 0;
      case NESTEROVS -> 1;
      case SGD -> choice.workers() < MAX_SCALING ? 0 : Optimizer.warmup(choice.workers());
    };
  }

  @Override
  public IUpdater updater(Optimizer optimizer, double learningRate, MomentDecays decays) {
    return optimizer.updater(learningRate, decays);
  }

  @Override
  public int batchSize() {
    return 64;
  }

  @Override
  public TrainingLength length() {
    return new TrainingLength.Steps(10_000);
  }

  @Override
  public Ordering ordering() {
    return Ordering.SHUFFLED;
  }

  @Override
  public EpochEnd epochEnd() {
    return EpochEnd.RUN_ON;
  }

  /** The loss is summed over a minibatch, as the tutorial shows it. */
  @Override
  public LossScale lossScale() {
    return LossScale.MINIBATCH;
  }

  @Override
  public Optional<ImagePreprocessing> preprocessing() {
    return Optional.of(new ImagePreprocessing(SIDE, SIDE, ImageFit.MNIST, Inversion.AUTO));
  }
}
