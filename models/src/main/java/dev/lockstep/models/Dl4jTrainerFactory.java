package dev.lockstep.models;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Makes {@link Dl4jLocalTrainer}s, whose parameters describe it. */
record Dl4jTrainerFactory(NetworkDefinition network, int labelLength, List<Long> featureShape)
    implements TrainerFactory {
  private static final float[] NO_LABELS = {};

  @Override
  public LocalStep step() {
    return LocalStep.DL4J;
  }

  @Override
  public LocalTrainer newTrainer() {
    return trainer(network.newNetwork());
  }

  @Override
  public SharedNetwork newSharedNetwork(float[] parameters) {
    INDArray shared = Nd4j.create(parameters, new long[] {1, parameters.length}, 'c');
    return new SharedNetwork(
        () -> {
          LocalTrainer pass = trainer(network.newNetwork(shared));
          return (features, size) -> pass.output(new Minibatch(features, NO_LABELS, size));
        });
  }

  private LocalTrainer trainer(Model model) {
    long[] shape = featureShape.stream().mapToLong(Long::longValue).toArray();
    return new Dl4jLocalTrainer(model, labelLength, shape);
  }
}
