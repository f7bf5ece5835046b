package dev.lockstep.models.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Loss and output of DL4J's engine come from one pass through the layers. */
class OnePassTest {
  private static final AtomicInteger PASSES = new AtomicInteger();

  @Test
  void of_a_stack() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .l2(0.01)
                .list()
                .layer(dense())
                .layer(output())
                .inputPreProcessor(0, new Counting())
                .build());
    network.init();

    assertOnePass(network);
  }

  @Test
  void of_a_graph() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .l2(0.01)
                .graphBuilder()
                .addInputs("in")
                .addLayer("dense", dense(), new Counting(), "in")
                .addLayer("out", output(), "dense")
                .setOutputs("out")
                .build());
    network.init();

    assertOnePass(network);
  }

  private static void assertOnePass(Model network) {
    LocalTrainer trainer = new Dl4jLocalTrainer(network, 2, 2);
    Minibatch minibatch = minibatch(trainer.passSize());
    PASSES.set(0);

    LocalTrainer.Assessment both = trainer.assess(minibatch);

    assertThat(PASSES).hasValue(1);
    assertThat(both.loss()).isEqualTo(trainer.loss(minibatch));
    assertThat(both.output()).isEqualTo(trainer.output(minibatch));
    assertThat(PASSES).hasValue(3);
  }

  private static Minibatch minibatch(int size) {
    float[] features = new float[size * 2];
    float[] labels = new float[size * 2];
    for (int row = 0; row < size; row++) {
      features[row * 2] = row;
      labels[row * 2 + row % 2] = 1;
    }
    return new Minibatch(features, labels, size);
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nIn(2).nOut(4).activation(Activation.TANH).build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(4)
        .nOut(2)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Passes its input on, and counts how often. */
  private static final class Counting implements InputPreProcessor {
    @Override
    public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaceMgr) {
      PASSES.incrementAndGet();
      return workspaceMgr.dup(ArrayType.ACTIVATIONS, input);
    }

    @Override
    public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaceMgr) {
      return workspaceMgr.dup(ArrayType.ACTIVATION_GRAD, output);
    }

    @Override
    public InputPreProcessor clone() {
      return this;
    }

    @Override
    public InputType getOutputType(InputType inputType) {
      return inputType;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(
        INDArray maskArray, MaskState currentMaskState, int minibatchSize) {
      return Pair.of(maskArray, currentMaskState);
    }
  }
}
