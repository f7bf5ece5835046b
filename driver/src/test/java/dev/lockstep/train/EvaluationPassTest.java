package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Schema;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationPassTest {
  private static final ExampleBlock BLOCK =
      ExampleBlock.of(
          Schema.classification(List.of(2), Schema.FeatureType.FLOAT32, Schema.numbered(2)),
          IntStream.range(0, 20)
              .mapToObj(id -> Example.point(id, new float[] {id / 20f, 1}, id % 2))
              .iterator());
  private static final MultiLayerNetwork NETWORK =
      TutorialNetworks.softmax(2, 2, Optimizer.SGD.updater(0.1), 1);

  @Test
  void loss_and_output_are_of_one_pass() {
    List<String> passes = new ArrayList<>();

    EvaluationPass.run(BLOCK, watched(passes, 64), (index, row, output) -> {});

    assertThat(passes).containsExactly("passSize", "assess 20");
  }

  @Test
  void no_pass_takes_more_than_the_network_says() {
    List<String> passes = new ArrayList<>();
    List<Integer> seen = new ArrayList<>();

    double inParts =
        EvaluationPass.run(BLOCK, watched(passes, 8), (index, row, output) -> seen.add(index));

    assertThat(passes).containsExactly("passSize", "assess 8", "assess 8", "assess 4");
    assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    assertThat(inParts)
        .isCloseTo(
            EvaluationPass.run(BLOCK, trainer(LocalStep.BLAS), (index, row, output) -> {}),
            within(1e-9));
  }

  private static LocalTrainer watched(List<String> passes, int passSize) {
    LocalTrainer network = trainer(LocalStep.BLAS);
    return (LocalTrainer)
        Proxy.newProxyInstance(
            LocalTrainer.class.getClassLoader(),
            new Class<?>[] {LocalTrainer.class},
            (proxy, method, arguments) -> {
              boolean withMinibatch = arguments != null && arguments[0] instanceof Minibatch;
              passes.add(
                  withMinibatch
                      ? method.getName() + " " + ((Minibatch) arguments[0]).size()
                      : method.getName());
              return method.getName().equals("passSize")
                  ? passSize
                  : method.invoke(network, arguments);
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = LocalStep.class,
      names = {"BLAS", "DL4J"})
  void an_assessment_is_what_loss_and_output_say_to_the_bit(LocalStep step) {
    LocalTrainer network = trainer(step);
    float[] features = new float[BLOCK.size() * 2];
    float[] labels = new float[BLOCK.size() * 2];
    for (int row = 0; row < BLOCK.size(); row++) {
      BLOCK.copy(row, row, features, labels);
    }
    Minibatch minibatch = new Minibatch(features, labels, BLOCK.size());

    LocalTrainer.Assessment assessment = network.assess(minibatch);

    assertThat(assessment.loss()).isEqualTo(network.loss(minibatch));
    assertThat(assessment.output()).containsExactly(network.output(minibatch));
  }

  private static LocalTrainer trainer(LocalStep step) {
    LocalTrainer trainer = LocalTrainers.create(NetworkDefinition.of(NETWORK), step, 2, 2);
    trainer.load(Dl4jLocalTrainer.stateOf(NETWORK));
    return trainer;
  }
}
