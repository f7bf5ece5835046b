package dev.lockstep.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * What is looked at and kept while a network is trained, and when training ends early.
 *
 * @param <S> the class that has them
 */
public interface RunParams<S> extends ChainedParams<S> {

  /** Where they are. */
  RunParamSet runParamSet();

  /** Column that says which rows are looked at rather than trained. */
  default Param<String> validationIndicatorCol() {
    return runParamSet().validationIndicatorCol;
  }

  /** Rounds between validations. */
  default IntParam validateEvery() {
    return runParamSet().validateEvery;
  }

  /** How many validations in a row may bring nothing better. */
  default IntParam patience() {
    return runParamSet().patience;
  }

  /** What patience looks at. */
  default Param<String> monitor() {
    return runParamSet().monitor;
  }

  /** By more than how much better is better. */
  default DoubleParam minDelta() {
    return runParamSet().minDelta;
  }

  /** Where checkpoints go. */
  default Param<String> checkpointDir() {
    return runParamSet().checkpointDir;
  }

  /** Minibatches, over all workers, between checkpoints. */
  default IntParam checkpointEvery() {
    return runParamSet().checkpointEvery;
  }

  /** How many checkpoints to keep. */
  default IntParam keep() {
    return runParamSet().keep;
  }

  /** Where events for TensorBoard go. */
  default Param<String> tensorBoardDir() {
    return runParamSet().tensorBoardDir;
  }

  /** Whether standard error shows how far training is. */
  default BooleanParam progress() {
    return runParamSet().progress;
  }

  default S setValidationIndicatorCol(String value) {
    return with(validationIndicatorCol(), value);
  }

  default S setValidateEvery(int value) {
    return with(validateEvery(), value);
  }

  default S setPatience(int value) {
    return with(patience(), value);
  }

  default S setMonitor(String value) {
    return with(monitor(), value);
  }

  default S setMinDelta(double value) {
    return with(minDelta(), value);
  }

  default S setCheckpointDir(String value) {
    return with(checkpointDir(), value);
  }

  default S setCheckpointEvery(int value) {
    return with(checkpointEvery(), value);
  }

  default S setKeep(int value) {
    return with(keep(), value);
  }

  default S setTensorBoardDir(String value) {
    return with(tensorBoardDir(), value);
  }

  default S setProgress(boolean value) {
    return with(progress(), value);
  }
}
