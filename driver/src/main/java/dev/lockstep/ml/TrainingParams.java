package dev.lockstep.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * On what and how a network is trained.
 *
 * @param <S> the class that has them
 */
public interface TrainingParams<S> extends ChainedParams<S> {

  /** Where they are. */
  TrainingParamSet trainingParamSet();

  /** Column of labels. */
  default Param<String> labelCol() {
    return trainingParamSet().labelCol;
  }

  /** Column of unique whole numbers that give the rows' order. */
  default Param<String> idCol() {
    return trainingParamSet().idCol;
  }

  /** Column of how much each row counts. */
  default Param<String> weightCol() {
    return trainingParamSet().weightCol;
  }

  /** Replicas trained in parallel. */
  default IntParam workers() {
    return trainingParamSet().workers;
  }

  /** Examples in a minibatch of one worker. */
  default IntParam batchSize() {
    return trainingParamSet().batchSize;
  }

  /** How workers combine what they learn. */
  default Param<String> strategy() {
    return trainingParamSet().strategy;
  }

  /** Minibatches each worker trains between two averages. */
  default IntParam averagingPeriod() {
    return trainingParamSet().averagingPeriod;
  }

  /** Epochs of gradient averaging before parameters are averaged. */
  default IntParam gradientEpochs() {
    return trainingParamSet().gradientEpochs;
  }

  /** What is made of averages of parameters. */
  default Param<String> outer() {
    return trainingParamSet().outer;
  }

  /** The learning rate of that. */
  default DoubleParam outerLearningRate() {
    return trainingParamSet().outerLearningRate;
  }

  /** Momentum between averages of parameters. */
  default DoubleParam outerMomentum() {
    return trainingParamSet().outerMomentum;
  }

  /** What becomes of moments where parameters are averaged. */
  default Param<String> updaterState() {
    return trainingParamSet().updaterState;
  }

  /** Update rule. */
  default Param<String> optimizer() {
    return trainingParamSet().optimizer;
  }

  /** Step size of the optimizer. */
  default DoubleParam learningRate() {
    return trainingParamSet().learningRate;
  }

  /** How learning rates change while training. */
  default Param<String> learningRateSchedule() {
    return trainingParamSet().learningRateSchedule;
  }

  /** Epochs in which learning rates rise from 0. */
  default DoubleParam warmup() {
    return trainingParamSet().warmup;
  }

  /** How gradients are limited. */
  default Param<String> gradientClipping() {
    return trainingParamSet().gradientClipping;
  }

  /** Minibatches of a worker that make one step. */
  default IntParam accumulate() {
    return trainingParamSet().accumulate;
  }

  /** How weights are averaged over time. */
  default Param<String> weightsAverage() {
    return trainingParamSet().weightsAverage;
  }

  /** How often each example is trained. */
  default IntParam epochs() {
    return trainingParamSet().epochs;
  }

  /** Minibatches to train, over all workers, instead of epochs. */
  default LongParam steps() {
    return trainingParamSet().steps;
  }

  /** Of the initial weights and of the order of examples. */
  default LongParam seed() {
    return trainingParamSet().seed;
  }

  /** Order of a worker's examples. */
  default Param<String> ordering() {
    return trainingParamSet().ordering;
  }

  /** What computes a minibatch. */
  default Param<String> localStep() {
    return trainingParamSet().localStep;
  }

  /** How features are brought into a range that trains well. */
  default Param<String> normalise() {
    return trainingParamSet().normalise;
  }

  default S setLabelCol(String value) {
    return with(labelCol(), value);
  }

  default S setIdCol(String value) {
    return with(idCol(), value);
  }

  default S setWeightCol(String value) {
    return with(weightCol(), value);
  }

  default S setWorkers(int value) {
    return with(workers(), value);
  }

  default S setBatchSize(int value) {
    return with(batchSize(), value);
  }

  default S setStrategy(String value) {
    return with(strategy(), value);
  }

  default S setAveragingPeriod(int value) {
    return with(averagingPeriod(), value);
  }

  default S setGradientEpochs(int value) {
    return with(gradientEpochs(), value);
  }

  default S setOuter(String value) {
    return with(outer(), value);
  }

  default S setOuterLearningRate(double value) {
    return with(outerLearningRate(), value);
  }

  default S setOuterMomentum(double value) {
    return with(outerMomentum(), value);
  }

  default S setUpdaterState(String value) {
    return with(updaterState(), value);
  }

  default S setOptimizer(String value) {
    return with(optimizer(), value);
  }

  default S setLearningRate(double value) {
    return with(learningRate(), value);
  }

  default S setLearningRateSchedule(String value) {
    return with(learningRateSchedule(), value);
  }

  default S setWarmup(double value) {
    return with(warmup(), value);
  }

  default S setGradientClipping(String value) {
    return with(gradientClipping(), value);
  }

  default S setAccumulate(int value) {
    return with(accumulate(), value);
  }

  default S setWeightsAverage(String value) {
    return with(weightsAverage(), value);
  }

  default S setEpochs(int value) {
    return with(epochs(), value);
  }

  default S setSteps(long value) {
    return with(steps(), value);
  }

  default S setSeed(long value) {
    return with(seed(), value);
  }

  default S setOrdering(String value) {
    return with(ordering(), value);
  }

  default S setLocalStep(String value) {
    return with(localStep(), value);
  }

  default S setNormalise(String value) {
    return with(normalise(), value);
  }
}
