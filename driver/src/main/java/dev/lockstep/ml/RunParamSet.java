package dev.lockstep.ml;

import dev.lockstep.train.EarlyStopping.Monitor;
import java.io.Serializable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters of {@link RunParams}. */
final class RunParamSet implements Serializable {
  static final Monitor[] MONITORS = {Monitor.ACCURACY, Monitor.LOSS};

  final Param<String> validationIndicatorCol;
  final IntParam validateEvery;
  final IntParam patience;
  final Param<String> monitor;
  final DoubleParam minDelta;
  final Param<String> checkpointDir;
  final IntParam checkpointEvery;
  final IntParam keep;
  final Param<String> tensorBoardDir;
  final BooleanParam progress;

  RunParamSet(Params owner) {
    validationIndicatorCol =
        new Param<>(
            owner,
            "validationIndicatorCol",
            "column of booleans: rows with true are looked at while training and not trained; those"
                + " with false or null are trained");
    validateEvery =
        new IntParam(
            owner,
            "validateEvery",
            "rounds, of one averaging period each, between validations; each epoch where it is not"
                + " set",
            Checks.atLeast("validateEvery", 1));
    patience =
        new IntParam(
            owner,
            "patience",
            "stop when so many validations in a row have brought nothing better, and give the best"
                + " model; where it is not set, all is trained and the last model is given",
            Checks.atLeast("patience", 1));
    monitor =
        new Param<>(
            owner,
            "monitor",
            "what patience looks at: accuracy or loss; accuracy where it is not set and there are"
                + " classes",
            Checks.oneOf("monitor", MONITORS));
    minDelta =
        new DoubleParam(
            owner,
            "minDelta",
            "what patience counts as better must be so by more than this",
            Checks.notNegative("minDelta"));
    checkpointDir =
        new Param<>(
            owner,
            "checkpointDir",
            "folder, on any Hadoop file system, for checkpoints, in a folder of its own for each fit;"
                + " a fit of the same data and parameters that was interrupted goes on there, and one"
                + " that ends removes its own");
    checkpointEvery =
        new IntParam(
            owner,
            "checkpointEvery",
            "minibatches, over all workers, between checkpoints; each epoch where it is not set",
            Checks.atLeast("checkpointEvery", 1));
    keep = new IntParam(owner, "keep", "how many checkpoints to keep", Checks.atLeast("keep", 1));
    tensorBoardDir =
        new Param<>(
            owner,
            "tensorBoardDir",
            "folder of the driver's machine for events for TensorBoard, in a folder of its own for"
                + " each fit");
    progress =
        new BooleanParam(
            owner,
            "progress",
            "whether the driver's standard error shows a line for each epoch and validation");
    owner.setDefault(minDelta, 0.0);
    owner.setDefault(keep, 3);
    owner.setDefault(progress, false);
  }
}
