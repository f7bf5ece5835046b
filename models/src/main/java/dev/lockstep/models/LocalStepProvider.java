package dev.lockstep.models;

/**
 * One way of computing local steps. Listed in {@code
 * META-INF/services/dev.lockstep.models.LocalStepProvider} it is found by {@link LocalTrainers};
 * for {@link LocalStep#AUTO} those are asked in the order of {@link LocalStep}.
 */
public interface LocalStepProvider {

  /** What it provides; of each there is one. */
  LocalStep step();

  /**
   * What makes trainers of a network for examples as they are stored.
   *
   * @param labelLength how many values the labels of one example have
   * @param featureShape the shape of one example's features, such as [784] or [28, 28]; the network
   *     may take the same values in another, such as [1, 28, 28]
   * @throws UnsupportedNetwork if another step has to compute it
   * @throws ModelError if the network is supported but does not take such examples
   */
  TrainerFactory factory(NetworkDefinition network, int labelLength, long... featureShape)
      throws UnsupportedNetwork;

  /**
   * What makes trainers of a network for examples laid out as it takes them.
   *
   * @throws UnsupportedNetwork if another step has to compute it
   * @throws ModelError if the network is supported but does not take such examples
   */
  TrainerFactory factory(NetworkDefinition network, ExampleLayout layout) throws UnsupportedNetwork;
}
