package dev.lockstep.ml;

import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.network.GradientClipping;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.UpdaterState;
import dev.lockstep.strategy.WeightsAverage;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters of {@link TrainingParams}. */
final class TrainingParamSet implements Serializable {
  /** DL4J's own trainer is for comparisons only. */
  private static final StrategyName[] STRATEGIES = {
    StrategyName.PARAMETER_AVERAGING, StrategyName.GRADIENT_AVERAGING, StrategyName.SINGLE_PROCESS
  };

  final Param<String> labelCol;
  final Param<String> idCol;
  final Param<String> weightCol;
  final IntParam workers;
  final IntParam batchSize;
  final Param<String> strategy;
  final IntParam averagingPeriod;
  final IntParam gradientEpochs;
  final Param<String> outer;
  final DoubleParam outerLearningRate;
  final DoubleParam outerMomentum;
  final Param<String> updaterState;
  final Param<String> optimizer;
  final DoubleParam learningRate;
  final Param<String> learningRateSchedule;
  final DoubleParam warmup;
  final Param<String> gradientClipping;
  final IntParam accumulate;
  final Param<String> weightsAverage;
  final IntParam epochs;
  final LongParam steps;
  final LongParam seed;
  final Param<String> ordering;
  final Param<String> localStep;
  final Param<String> normalise;

  TrainingParamSet(Params owner) {
    labelCol =
        new Param<>(
            owner,
            "labelCol",
            "column of labels: class numbers from 0 or names of classes, vectors or arrays of 0 and 1 for"
                + " several labels of a row, or for regression numbers, or vectors or arrays of them");
    idCol =
        new Param<>(
            owner,
            "idCol",
            "column of unique whole numbers; rows are then trained in their order, whatever"
                + " partitions they come in");
    weightCol =
        new Param<>(
            owner,
            "weightCol",
            "column of numbers, each at least 0: how much each row counts, as so many equal rows"
                + " would, in losses, gradients, averages and validation; where it is not set, all"
                + " count 1");
    workers =
        new IntParam(
            owner,
            "workers",
            "replicas trained in parallel; as many as Spark has cores where it is not set",
            Checks.atLeast("workers", 1));
    batchSize =
        new IntParam(
            owner,
            "batchSize",
            "examples in a minibatch of one worker",
            Checks.atLeast("batchSize", 1));
    strategy =
        new Param<>(
            owner,
            "strategy",
            "how workers combine what they learn: parameter-averaging (replicas, averaged every"
                + " averagingPeriod minibatches), gradient-averaging (all minibatches make one"
                + " update) or single-process (one worker in the driver)",
            Checks.oneOf("strategy", STRATEGIES));
    averagingPeriod =
        new IntParam(
            owner,
            "averagingPeriod",
            "minibatches each worker trains between two averages of parameters; 0 for a period that"
                + " is found while training, from 1 on",
            Checks.atLeast("averagingPeriod", 0));
    gradientEpochs =
        new IntParam(
            owner,
            "gradientEpochs",
            "for how many epochs, from the start, gradients are averaged before parameters are"
                + " (post-local SGD)",
            Checks.atLeast("gradientEpochs", 0));
    outer =
        new Param<>(
            owner,
            "outer",
            "what is made of each average of parameters: what a round changed is a gradient for an"
                + " optimizer of its own: sgd, momentum, nesterov or adam; where it is not set,"
                + " sgd, or momentum with outerMomentum",
            Checks.oneOf("outer", OuterRule.values()));
    outerLearningRate =
        new DoubleParam(
            owner,
            "outerLearningRate",
            "of outer; where it is not set, of sgd and momentum 1, of nesterov 0.7, of adam 0.01",
            Checks.positive("outerLearningRate"));
    outerMomentum =
        new DoubleParam(
            owner,
            "outerMomentum",
            "momentum between averages of parameters; where it is not set, of outer momentum 0.5,"
                + " of nesterov and adam 0.9",
            Checks.fraction("outerMomentum"));
    updaterState =
        new Param<>(
            owner,
            "updaterState",
            "what becomes of the moments of Adam and momentum where parameters are averaged:"
                + " averaged or reset",
            Checks.oneOf("updaterState", UpdaterState.values()));
    optimizer =
        new Param<>(
            owner,
            "optimizer",
            "update rule: " + Checks.list(Optimizer.values()),
            Checks.oneOf("optimizer", Optimizer.values()));
    learningRate =
        new DoubleParam(
            owner, "learningRate", "step size of the optimizer", Checks.positive("learningRate"));
    learningRateSchedule =
        new Param<>(
            owner,
            "learningRateSchedule",
            "how learning rates change as examples are trained, whatever the number of workers:"
                + " constant, step:EPOCHS:FACTOR, cosine, cosine:FLOOR or one-cycle",
            Checks.read("learningRateSchedule", LearningRates::shape));
    warmup =
        new DoubleParam(
            owner,
            "warmup",
            "epochs, or a part of one, in which learning rates rise from 0",
            Checks.notNegative("warmup"));
    gradientClipping =
        new Param<>(
            owner,
            "gradientClipping",
            "how gradients are limited: value:V (each value) or norm:V (the norm of each layer's);"
                + " as the network says where it is not set",
            Checks.read("gradientClipping", GradientClipping::of));
    accumulate =
        new IntParam(
            owner,
            "accumulate",
            "minibatches of a worker whose gradients make one step",
            Checks.atLeast("accumulate", 1));
    weightsAverage =
        new Param<>(
            owner,
            "weightsAverage",
            "weights averaged over time, of which the model then is: none, ema:DECAY (what is left"
                + " of older ones after each minibatch of any worker) or swa:EPOCH (the mean of"
                + " those after each epoch from that one on)",
            Checks.read("weightsAverage", WeightsAverage::of));
    epochs =
        new IntParam(
            owner, "epochs", "how often each example is trained", Checks.atLeast("epochs", 1));
    steps =
        new LongParam(
            owner,
            "steps",
            "minibatches to train, over all workers together, instead of epochs",
            Checks.atLeast("steps", 1));
    seed = new LongParam(owner, "seed", "of the initial weights and of the order of examples");
    ordering =
        new Param<>(
            owner,
            "ordering",
            "order of a worker's examples: shuffled (anew for each epoch) or as-stored",
            Checks.oneOf("ordering", Ordering.values()));
    localStep =
        new Param<>(
            owner,
            "localStep",
            "what computes a minibatch: blas (fast, dense layers only), dl4j, or auto",
            Checks.oneOf("localStep", LocalStep.values()));
    normalise =
        new Param<>(
            owner,
            "normalise",
            "how features are brought into a range that trains well; kept with the model: none,"
                + " scale (to 0..1), standardise (mean 0, deviation 1) or auto (pictures as scale,"
                + " numbers as they are)",
            Checks.oneOf("normalise", NormalisationMethod.values()));
    setDefaults(owner);
  }

  private void setDefaults(Params owner) {
    owner.setDefault(labelCol, "label");
    owner.setDefault(batchSize, 64);
    owner.setDefault(strategy, Checks.name(StrategyName.PARAMETER_AVERAGING));
    owner.setDefault(averagingPeriod, 10);
    owner.setDefault(gradientEpochs, 0);
    owner.setDefault(updaterState, Checks.name(UpdaterState.AVERAGED));
    owner.setDefault(optimizer, Checks.name(Optimizer.ADAM));
    owner.setDefault(learningRate, 0.001);
    owner.setDefault(learningRateSchedule, "constant");
    owner.setDefault(warmup, 0.0);
    owner.setDefault(accumulate, 1);
    owner.setDefault(weightsAverage, WeightsAverage.NONE.toString());
    owner.setDefault(epochs, 10);
    owner.setDefault(seed, 1L);
    owner.setDefault(ordering, Checks.name(Ordering.SHUFFLED));
    owner.setDefault(localStep, Checks.name(LocalStep.AUTO));
    owner.setDefault(normalise, Checks.name(NormalisationMethod.AUTO));
  }
}
