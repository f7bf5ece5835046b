package dev.lockstep.master;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Counts the examples that workers train; tasks of tests run in this process. */
record Seen(String test) implements TrainingHook {
  private static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();

  static Seen by(String test) {
    COUNTS.put(test, new AtomicInteger());
    return new Seen(test);
  }

  int examples() {
    return COUNTS.get(test).get();
  }

  @Override
  public void preUpdate(DataSet minibatch, Model network) {}

  @Override
  public void preUpdate(MultiDataSet minibatch, Model network) {}

  @Override
  public void postUpdate(DataSet minibatch, Model network) {
    COUNTS.get(test).addAndGet(minibatch.numExamples());
  }

  @Override
  public void postUpdate(MultiDataSet minibatch, Model network) {
    COUNTS.get(test).addAndGet((int) minibatch.getFeatures(0).size(0));
  }
}
