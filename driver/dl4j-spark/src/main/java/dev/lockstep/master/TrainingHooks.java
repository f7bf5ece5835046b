package dev.lockstep.master;

import dev.lockstep.models.dl4j.DataSets;
import dev.lockstep.models.dl4j.StepObserver;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.MultiDataSet;

/** DL4J's training hooks, called where minibatches are trained. */
record TrainingHooks(List<TrainingHook> hooks) implements StepObserver {

  @Override
  public void before(MultiDataSet minibatch, Model network) {
    for (TrainingHook hook : hooks) {
      if (network instanceof MultiLayerNetwork) {
        hook.preUpdate(DataSets.single(minibatch), network);
      } else {
        hook.preUpdate(minibatch, network);
      }
    }
  }

  @Override
  public void after(MultiDataSet minibatch, Model network) {
    for (TrainingHook hook : hooks) {
      if (network instanceof MultiLayerNetwork) {
        hook.postUpdate(DataSets.single(minibatch), network);
      } else {
        hook.postUpdate(minibatch, network);
      }
    }
  }
}
