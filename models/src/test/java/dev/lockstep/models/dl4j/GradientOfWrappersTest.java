package dev.lockstep.models.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A gradient that is taken and then applied trains as a step does, also where layers are wrapped.
 */
class GradientOfWrappersTest {
  private static final int SIZE = 3;
  private static final int STEPS = 4;

  private static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(0.05))
        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
        .gradientNormalizationThreshold(0.01);
  }

  private static MultiLayerNetwork stack(Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            list.layer(output()).setInputType(InputType.recurrent(SIZE, STEPS)).build());
    network.init();
    return network;
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(2)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static LSTM lstm() {
    return new LSTM.Builder().nOut(2).activation(Activation.TANH).build();
  }

  @Test
  void of_the_last_step_of_both_directions() {
    assertSame(
        stack(new LastTimeStep(new Bidirectional(lstm()))),
        stack(new LastTimeStep(new Bidirectional(lstm()))));
  }

  @Test
  void of_both_directions_and_running_statistics() {
    Layer[] layers = {
      new Bidirectional(lstm()),
      new GlobalPoolingLayer(),
      new DenseLayer.Builder().nOut(3).activation(Activation.TANH).build(),
      new BatchNormalization()
    };
    assertSame(stack(layers), stack(layers));
  }

  @Test
  void of_a_vertex_that_has_parameters() {
    assertSame(attention(), attention());
  }

  private static ComputationGraph attention() {
    ComputationGraph network =
        new ComputationGraph(
            settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(SIZE, STEPS))
                .addVertex(
                    "attention",
                    new AttentionVertex.Builder()
                        .nInQueries(SIZE)
                        .nInKeys(SIZE)
                        .nInValues(SIZE)
                        .nOut(2)
                        .nHeads(1)
                        .projectInput(true)
                        .build(),
                    "in",
                    "in",
                    "in")
                .addLayer("pooled", new GlobalPoolingLayer(), "attention")
                .addLayer("out", output(), "pooled")
                .setOutputs("out")
                .build());
    network.init();
    return network;
  }

  private static void assertSame(Model stepping, Model applying) {
    LocalTrainer one = trainer(stepping);
    LocalTrainer other = trainer(applying);
    ModelState start = one.state();
    other.load(start);
    float[] sum = new float[start.parameters().length];
    for (int step = 0; step < 3; step++) {
      Minibatch minibatch = minibatch(step);
      one.step(minibatch);
      other.gradient(minibatch, sum);
      other.apply(sum, minibatch.size());
    }

    ModelState expected = one.state();
    assertThat(expected.parameters()).isNotEqualTo(start.parameters());
    assertThat(other.state()).isEqualTo(expected);
  }

  private static LocalTrainer trainer(Model network) {
    return new Dl4jLocalTrainer(network, ExampleLayout.of(2, SIZE, STEPS), StepObserver.NONE);
  }

  private static Minibatch minibatch(int seed) {
    Random random = new Random(seed);
    float[] features = new float[2 * SIZE * STEPS];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }
    return new Minibatch(features, new float[] {1, 0, 0, 1}, 2);
  }
}
