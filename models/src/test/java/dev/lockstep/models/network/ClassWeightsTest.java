package dev.lockstep.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassWeightsTest {
  private static final NetworkDefinition SOFTMAX = ExampleNetwork.SOFTMAX.definition();

  @Test
  void balanced_weights_make_classes_count_alike_and_examples_one_on_average() {
    List<Long> counts = List.of(10L, 30L, 60L);
    ClassWeights weights = ClassWeights.balanced(counts, List.of("a", "b", "c"));

    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double whole = weights.weights().get(c) * counts.get(c);
      assertThat(whole).as("what class %d counts", c).isCloseTo(100 / 3.0, within(1e-9));
      sum += whole;
    }
    assertThat(sum).as("of all examples").isCloseTo(100, within(1e-9));
    assertThatThrownBy(() -> ClassWeights.balanced(List.of(1L, 0L), List.of("cat", "dog")))
        .isInstanceOf(ModelError.class)
        .hasMessage("class weights cannot be balanced: class dog has no examples");
  }

  @ParameterizedTest
  @EnumSource(names = {"BLAS", "DL4J"})
  void loss_and_gradient_of_an_example_are_those_of_its_class_times_its_weight(LocalStep step) {
    Double[] each = new Double[10];
    Arrays.setAll(each, c -> 0.5 + c);
    NetworkDefinition weighted = new ClassWeights(List.of(each)).apply(SOFTMAX);

    for (int c = 0; c < 10; c += 3) {
      float[] plain = new float[7850];
      float[] heavy = new float[7850];
      double loss = gradient(SOFTMAX, step, c, plain);
      double heavier = gradient(weighted, step, c, heavy);

      assertThat(heavier).as("loss of class %d", c).isCloseTo(loss * each[c], within(1e-4));
      for (int i = 0; i < plain.length; i++) {
        assertThat((double) heavy[i])
            .as("gradient %d of class %d", i, c)
            .isCloseTo(plain[i] * each[c], within(1e-4));
      }
    }
  }

  private static double gradient(
      NetworkDefinition network, LocalStep step, int label, float[] gradient) {
    LocalTrainer trainer = LocalTrainers.factory(network, step, 10, 784).newTrainer();
    trainer.load(Dl4jLocalTrainer.stateOf(SOFTMAX.newNetwork()));
    float[] features = new float[784];
    for (int i = 0; i < features.length; i++) {
      features[i] = i % 7 / 7f;
    }
    float[] labels = new float[10];
    labels[label] = 1;
    return trainer.gradient(new Minibatch(features, labels, 1), gradient);
  }

  @Test
  void a_network_that_cannot_have_them_is_refused_in_one_line() {
    assertThatThrownBy(() -> new ClassWeights(List.of(1.0, 2.0)).apply(SOFTMAX))
        .isInstanceOf(ModelError.class)
        .hasMessage("expected class weights for 10 outputs, found 2");
    assertThatThrownBy(() -> new ClassWeights(List.of(1.0, 0.0)))
        .hasMessage("expected class weights of more than 0, found 0.0");
  }
}
