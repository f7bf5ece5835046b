package dev.lockstep.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that were written by hand, or by another version of DL4J, each with one mistake. */
class NetworkMistakesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  /** With one value replaced; without it, where the new value is {@code gone}. */
  private Path file(String network, String at, String value) throws IOException {
    JsonNode tree = JSON.readTree(Path.of("examples", network + ".json").toFile());
    JsonPointer pointer = JsonPointer.compile(at);
    JsonNode parent = tree.at(pointer.head());
    String name = pointer.last().getMatchingProperty();
    if (parent instanceof ArrayNode array && value.equals("gone")) {
      array.remove(Integer.parseInt(name));
    } else if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), JSON.readTree(value));
    } else if (value.equals("gone")) {
      assertThat(((ObjectNode) parent).remove(name)).as(at).isNotNull();
    } else {
      ((ObjectNode) parent).set(name, JSON.readTree(value));
    }
    return Files.writeString(folder.resolve("network.json"), tree.toString());
  }

  private static void use(Path file) {
    NetworkFile network = NetworkFile.read(file);
    LocalTrainer trainer = LocalTrainers.create(network.definition(), LocalStep.AUTO, 10, 28, 28);
    trainer.load(Dl4jLocalTrainer.stateOf(network.definition().newNetwork()));
    trainer.step(new Minibatch(new float[2 * 784], new float[2 * 10], 2));
    trainer.close();
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp|/confs/0/layer/nout|0",
        "mlp|/confs/0/layer/nout|-5",
        "mlp|/confs/0/layer/nout|64",
        "mlp|/confs/0/layer/nout|4000000000",
        "mlp|/confs/0/layer/nout|\"many\"",
        "mlp|/confs/0/layer/nout|null",
        "mlp|/confs/0/layer/nin|0",
        "mlp|/confs/0/layer/nin|100",
        "mlp|/confs/0/layer/nin|gone",
        "mlp|/confs/1/layer/nin|64",
        "mlp|/confs/1/layer/nout|0",
        "mlp|/confs/1/layer/nout|3",
        "mlp|/confs/0/layer|gone",
        "mlp|/confs/0/layer|null",
        "mlp|/confs/1|gone",
        "mlp|/confs|[]",
        "mlp|/confs|{}",
        "mlp|/confs|null",
        "mlp|/confs/1/layer/lossFn|gone",
        "mlp|/confs/1/layer/lossFn|null",
        "mlp|/confs/1/layer/lossFn/@class|\"org.nd4j.linalg.lossfunctions.impl.LossNothing\"",
        "mlp|/confs/0/layer/activationFn|null",
        "mlp|/confs/0/layer/activationFn/@class|\"org.nd4j.linalg.activations.impl.ActivationX\"",
        "mlp|/confs/0/layer/activationFn/@class|\"org.nd4j.linalg.learning.config.Sgd\"",
        "mlp|/confs/0/layer/@class|\"org.deeplearning4j.nn.conf.layers.Dense\"",
        "mlp|/confs/0/layer/@class|\"org.deeplearning4j.nn.conf.layers.LSTM\"",
        "mlp|/confs/0/layer/@class|\"org.deeplearning4j.nn.conf.layers.OutputLayer\"",
        "mlp|/confs/0/layer/@class|gone",
        "mlp|/confs/0/layer/iupdater|null",
        "mlp|/confs/0/layer/iupdater/@class|\"org.nd4j.linalg.learning.config.Lion\"",
        "mlp|/confs/0/layer/iupdater/learningRate|\"fast\"",
        "mlp|/confs/0/layer/iupdater/learningRate|-1",
        "mlp|/confs/0/layer/weightInitFn|null",
        "mlp|/confs/0/layer/weightInitFn/@class|\"org.deeplearning4j.nn.weights.WeightInitHe\"",
        "mlp|/confs/0/layer/gradientNormalization|\"ClipSometimes\"",
        "mlp|/confs/0/layer/regularization|[{\"@class\":\"org.nd4j.linalg.learning.regularization.L3\"}]",
        "mlp|/confs/0/layer/hasBias|\"perhaps\"",
        "mlp|/confs/0/optimizationAlgo|\"NEWTON\"",
        "mlp|/backpropType|\"Backwards\"",
        "mlp|/inputPreProcessors|{\"0\":{\"@class\":\"org.deeplearning4j.nn.conf.preprocessor.X\"}}",
        "lenet|/confs/0/layer/kernelSize|[0,0]",
        "lenet|/confs/0/layer/kernelSize|[5]",
        "lenet|/confs/0/layer/kernelSize|[]",
        "lenet|/confs/0/layer/kernelSize|[99,99]",
        "lenet|/confs/0/layer/convolutionMode|\"Wide\"",
        "lenet|/confs/0/layer/stride|[0,0]",
        "lenet|/confs/0/layer/stride|[-1,1]",
        "lenet|/confs/0/layer/padding|[-3,0]",
        "lenet|/confs/0/layer/dilation|[0,0]",
        "lenet|/confs/0/layer/nout|0",
        "lenet|/confs/0/layer/nin|3",
        "lenet|/confs/0/layer/cnn2dDataFormat|\"HWNC\"",
        "lenet|/confs/1/layer/kernelSize|[40,40]",
        "lenet|/confs/1/layer/poolingType|\"MIN\"",
        "lenet|/confs/1/layer/poolingType|null",
        "lenet|/confs/2/layer/nin|7",
        "lenet|/confs/4/layer/nin|7",
        "lenet|/inputPreProcessors|{}",
        "lenet|/inputPreProcessors/4/numChannels|3",
        "lenet|/inputPreProcessors/4/inputHeight|0",
        "resnet20|/vertices|{}",
        "resnet20|/vertexInputs|{}",
        "resnet20|/networkOutputs|[\"nothing\"]",
        "resnet20|/networkOutputs|[]",
        "resnet20|/networkInputs|[]",
        "resnet20|/networkInputs|[\"a\",\"b\"]",
        "resnet20|/defaultConfiguration|null",
        "lstm|/confs/0/layer/nout|0",
        "lstm|/confs/0/layer/gateActivationFn|null",
        "lstm|/tbpttFwdLength|-1"
      })
  void are_one_line_or_trained(String network, String at, String value) throws IOException {
    Path file = file(network, at, value);
    try {
      use(file);
    } catch (ModelError e) {
      assertThat(e.getMessage())
          .hasLineCount(1)
          .doesNotContain("Exception", "Cannot invoke", "null")
          .hasSizeLessThan(700);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/confs/1/layer/nin|64|layer 1 (OutputLayer): expected 128 inputs, as many as layer 0"
            + " (DenseLayer) has outputs, found 64",
        "/confs/0/layer/nout|64|layer 1 (OutputLayer): expected 64 inputs, as many as layer 0"
            + " (DenseLayer) has outputs, found 128",
        "/confs/0/layer|null|layer 0: expected a layer, found none",
        "/confs|[]|expected layers, found none",
        "/confs/1/layer/lossFn|null|layer 1 (OutputLayer): expected a loss (lossFn), found none",
        "/confs/0/layer/activationFn|null|layer 0 (DenseLayer): expected an activation"
            + " (activationFn), found none",
        "/confs/0/layer/weightInitFn|null|layer 0 (DenseLayer): expected a rule for initial weights"
            + " (weightInitFn), found none"
      })
  void name_the_layer(String at, String value, String message) throws IOException {
    Path file = file("mlp", at, value);
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(ModelError.class)
        .hasMessage(file + ": " + message);
  }
}
