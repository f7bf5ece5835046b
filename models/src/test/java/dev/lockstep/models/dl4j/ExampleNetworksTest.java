package dev.lockstep.models.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The networks in {@code models/examples}, and the code that they come from. */
class ExampleNetworksTest {
  private static final Path LENET = Path.of("examples/lenet.json");

  /**
   * LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998) as it is built today: ReLU and maxima in place
   * of tanh and means, softmax in place of radial basis functions, all maps joined.
   */
  static MultiLayerConfiguration lenet() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(0.001))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .list()
        .layer(
            new ConvolutionLayer.Builder(5, 5)
                .name("conv1")
                .convolutionMode(ConvolutionMode.Same)
                .nOut(6)
                .build())
        .layer(maximum("pool1"))
        .layer(new ConvolutionLayer.Builder(5, 5).name("conv2").nOut(16).build())
        .layer(maximum("pool2"))
        .layer(new DenseLayer.Builder().name("dense1").nOut(120).build())
        .layer(new DenseLayer.Builder().name("dense2").nOut(84).build())
        .layer(
            new OutputLayer.Builder(new LossMCXENT())
                .name("output")
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER)
                .build())
        .setInputType(InputType.convolutional(28, 28, 1))
        .build();
  }

  private static Layer maximum(String name) {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .name(name)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }

  @Test
  void lenet_json_is_what_the_code_builds() throws IOException {
    assertThat(Files.readString(LENET).strip()).isEqualTo(lenet().toJson().strip());
  }

  @Test
  void lenet_takes_pictures_of_28_by_28_and_has_as_many_parameters_as_in_the_paper() {
    NetworkDefinition lenet = NetworkFile.read(LENET).definition();

    assertThat(ExampleShape.of(lenet, 10, 28, 28)).containsExactly(1, 28, 28);
    // The paper's 60,000, and those that it saves by joining only some maps.
    assertThat(lenet.newNetwork().numParams()).isEqualTo(61_706);
  }
}
