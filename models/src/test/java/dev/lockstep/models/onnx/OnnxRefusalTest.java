package dev.lockstep.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.network.ExampleNetwork;
import dev.lockstep.models.onednn.OneDnnCase;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** What cannot be exported is one line that names the layer. */
class OnnxRefusalTest {
  private static String refusal(OneDnnCase network, List<List<Integer>> shapes) {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(
            () ->
                OnnxModel.of(
                    network.network(), network.start().parameters(), OnnxSettings.ofShapes(shapes)))
        .isInstanceOf(ModelError.class)
        .satisfies(e -> thrown[0] = e);
    return thrown[0].getMessage();
  }

  @Test
  void what_has_no_onnx_form_is_named_with_its_layer() {
    InputType pictures = InputType.convolutional(4, 4, 2);
    Part features = OnnxNetworks.part(2, 4, 4);
    Part labels = OnnxNetworks.part(3);
    OutputLayer output = OnnxNetworks.output();
    OneDnnCase unknown =
        OnnxNetworks.stack(
            "",
            pictures,
            features,
            labels,
            new ElementWiseMultiplicationLayer.Builder().nIn(32).nOut(32).build(),
            output);
    OneDnnCase part =
        OnnxNetworks.stack(
            "",
            pictures,
            features,
            labels,
            new DenseLayer.Builder().nOut(3).hasLayerNorm(true).build(),
            output);
    OneDnnCase activation =
        OnnxNetworks.sequences(
            "",
            new LSTM.Builder().nOut(3).activation(Activation.MISH).build(),
            OnnxNetworks.each());

    assertThat(refusal(unknown, List.of(List.of(2, 4, 4))))
        .isEqualTo(
            "cannot be exported to ONNX: layer 0 (ElementWiseMultiplicationLayer): this type of layer");
    assertThat(refusal(part, List.of(List.of(2, 4, 4))))
        .isEqualTo("cannot be exported to ONNX: layer 0 (DenseLayer): layer normalization");
    assertThat(refusal(activation, List.of()))
        .isEqualTo(
            "cannot be exported to ONNX: layer 0 (LSTM): the activation mish within a sequence");
  }

  @Test
  void a_size_that_is_not_known_or_does_not_fit_is_told() {
    OneDnnCase network =
        new OneDnnCase("", ExampleNetwork.LENET.definition(), ExampleLayout.of(10, 1, 28, 28));

    assertThat(refusal(network, List.of()))
        .isEqualTo(
            "layer 0 (ConvolutionLayer): the network does not say of which size its input is: give"
                + " the shape of an example (--input 1x28x28; in Spark ML, numFeatures)");
    assertThat(refusal(network, List.of(List.of(1, 20, 20))))
        .isEqualTo(
            "cannot be exported to ONNX: layer 4 (DenseLayer): expected 400 inputs or channels,"
                + " found an example of [144]");
    assertThat(refusal(network, List.of(List.of(3, 28, 28))))
        .isEqualTo(
            "layer 0 (ConvolutionLayer): expected 1 channels, found 3 in examples of [3, 28, 28]");
  }
}
