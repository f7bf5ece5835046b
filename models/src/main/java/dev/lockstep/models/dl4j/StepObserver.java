package dev.lockstep.models.dl4j;

import java.io.Serializable;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Sees every minibatch where it is trained; travels to executors with what makes trainers. */
public interface StepObserver extends Serializable {
  /** Sees nothing. */
  StepObserver NONE =
      new StepObserver() {
        private Object readResolve() {
          return NONE;
        }
      };

  /** A minibatch is about to be trained. */
  default void before(MultiDataSet minibatch, Model network) {}

  /** A minibatch was trained. */
  default void after(MultiDataSet minibatch, Model network) {}
}
