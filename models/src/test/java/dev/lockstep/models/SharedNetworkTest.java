package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class SharedNetworkTest {
  private static final int INPUTS = 20;
  private static final int CLASSES = 4;

  private static Stream<TrainerFactory> factories() {
    NetworkDefinition layers =
        TestNetworks.dense(
            new NeuralNetConfiguration.Builder(),
            Activation.RELU,
            Activation.SOFTMAX,
            new LossMCXENT(),
            INPUTS,
            8,
            CLASSES);
    return Stream.of(
        LocalTrainers.factory(layers, LocalStep.BLAS, CLASSES, INPUTS),
        LocalTrainers.factory(layers, LocalStep.DL4J, CLASSES, INPUTS),
        LocalTrainers.factory(graph(), LocalStep.DL4J, CLASSES, INPUTS));
  }

  private static NetworkDefinition graph() {
    return NetworkDefinition.of(
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("in")
            .addLayer(
                "hidden",
                new DenseLayer.Builder().nIn(INPUTS).nOut(8).activation(Activation.RELU).build(),
                "in")
            .addLayer(
                "out",
                new OutputLayer.Builder(new LossMCXENT())
                    .nIn(8)
                    .nOut(CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build(),
                "hidden")
            .setOutputs("out")
            .build());
  }

  @ParameterizedTest
  @MethodSource("factories")
  void many_threads_get_what_one_trainer_gives(TrainerFactory factory) {
    LocalTrainer trainer = factory.newTrainer();
    ModelState state = state();
    trainer.load(state);
    SharedNetwork shared = factory.newSharedNetwork(state.parameters());

    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i -> {
              Minibatch minibatch =
                  TestNetworks.minibatch(new Random(i), 1 + i % 7, INPUTS, CLASSES);
              float[] output = shared.output(minibatch.features(), minibatch.size());
              synchronized (trainer) {
                assertThat(output).isEqualTo(trainer.output(minibatch));
              }
            });
  }

  @Test
  void dl4j_networks_use_the_parameters_in_place() {
    INDArray parameters = Nd4j.rand(DataType.FLOAT, 1, (INPUTS + 1) * 8 + 9 * CLASSES);

    INDArray used = graph().newNetwork(parameters).params();

    assertThat(used.data().address()).isEqualTo(parameters.data().address());
  }

  private static ModelState state() {
    Random random = new Random(1);
    float[] parameters = new float[(INPUTS + 1) * 8 + 9 * CLASSES];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = random.nextFloat() - 0.5f;
    }
    return new ModelState(parameters, new float[0], 0);
  }
}
