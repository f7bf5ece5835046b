package dev.lockstep.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.NetworkOutline.Node;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FineTuningTest {
  private static final int CLASSES = 4;

  /** The vertex after the n-th block. */
  private static String block(NetworkDefinition network, int number) {
    return NetworkOutline.of(network).nodes().stream()
        .filter(node -> node.kind().equals("ElementWiseVertex"))
        .skip(number - 1L)
        .findFirst()
        .map(Node::name)
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(names = {"ONEDNN", "DL4J"})
  void a_residual_network_is_frozen_up_to_a_block_and_learns_behind_it(LocalStep step) {
    NetworkDefinition old = ExampleNetwork.RESNET20.definition();
    ModelState trained = Dl4jLocalTrainer.stateOf(old.newNetwork());
    FineTuning tuning = new FineTuning(Optional.of(block(old, 8)), OptionalInt.of(CLASSES));
    NetworkDefinition tuned = tuning.apply(old);
    ModelState start = tuning.start(old, trained, tuned);
    TrainerFactory factory = LocalTrainers.factory(tuned, step, CLASSES, 3, 32, 32);

    assertThat(factory.step()).isEqualTo(step);
    LocalTrainer trainer = factory.newTrainer();
    trainer.load(start);
    trainer.step(minibatch());
    ModelState end = trainer.state();

    List<Node> nodes = NetworkOutline.of(tuned).nodes();
    int frozen = 0;
    int changed = 0;
    for (Node node : nodes) {
      for (Parameter own : node.parameters()) {
        for (int i = own.offset(); i < own.offset() + own.length(); i++) {
          boolean same = start.parameters()[i] == end.parameters()[i];
          if (node.frozen()) {
            assertThat(same).as("parameter %d of %s stays", i, node.name()).isTrue();
            frozen++;
          } else {
            changed += same ? 0 : 1;
          }
        }
      }
    }
    assertThat(frozen).as("frozen").isGreaterThan(150_000);
    assertThat(changed).as("changed").isGreaterThan(10_000);
  }

  private static Minibatch minibatch() {
    Random random = new Random(1);
    float[] features = new float[2 * 3 * 32 * 32];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }
    return new Minibatch(features, new float[] {1, 0, 0, 0, 0, 0, 1, 0}, 2);
  }

  @Test
  void all_but_the_last_layer_begins_where_the_old_network_is() {
    NetworkDefinition old = ExampleNetwork.MLP.definition();
    ModelState trained = Dl4jLocalTrainer.stateOf(old.newNetwork());
    FineTuning tuning = new FineTuning(Optional.of("dense"), OptionalInt.of(CLASSES));
    NetworkDefinition tuned = tuning.apply(old);

    ModelState start = tuning.start(old, trained, tuned);

    int hidden = 784 * 128 + 128;
    assertThat(start.parameters()).hasSize(hidden + 128 * CLASSES + CLASSES);
    for (int i = 0; i < hidden; i++) {
      assertThat(start.parameters()[i]).as("parameter %d", i).isEqualTo(trained.parameters()[i]);
    }
    assertThat(tuning.start(old, trained, tuned)).as("drawn from the seed").isEqualTo(start);
    assertThat(NetworkOutline.of(tuned).nodes().get(0).frozen()).isTrue();
  }

  @Test
  void what_cannot_be_is_refused_in_one_line() {
    NetworkDefinition mlp = ExampleNetwork.MLP.definition();
    NetworkDefinition resnet = ExampleNetwork.RESNET20.definition();
    String inside =
        NetworkOutline.of(resnet).nodes().stream()
            .filter(node -> node.kind().equals("ConvolutionLayer"))
            .skip(2)
            .findFirst()
            .map(Node::name)
            .orElseThrow();

    assertThatThrownBy(() -> freeze("fc").apply(mlp))
        .isInstanceOf(ModelError.class)
        .hasMessage("--freeze fc: the network has no such layer, but dense, output");
    assertThatThrownBy(() -> freeze("output").apply(mlp))
        .hasMessage("--freeze output: nothing would be left to train");
    assertThat(freeze(inside).apply(resnet))
        .as("all ways lead through a block's input")
        .isNotNull();
  }

  private static FineTuning freeze(String layer) {
    return new FineTuning(Optional.of(layer), OptionalInt.empty());
  }
}
