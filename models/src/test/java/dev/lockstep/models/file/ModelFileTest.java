package dev.lockstep.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

class ModelFileTest {
  private final MultiLayerNetwork network =
      TutorialNetworks.softmax(5, 3, Optimizer.ADAM.updater(0.1), 1);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void trainAndSave() {
    LocalTrainer trainer = new Dl4jLocalTrainer(network, 3, 5);
    trainer.step(new Minibatch(new float[] {1, 2, 3, 4, 5}, new float[] {0, 1, 0}, 1));
    file = folder.resolve("model.zip");
    ModelFile.write(file, NetworkDefinition.of(network), trainer.state(), Map.of());
  }

  @Test
  void a_network_is_restored_from_the_file_alone() {
    MultiLayerNetwork restored = (MultiLayerNetwork) ModelFile.read(file).network();

    assertThat(Dl4jLocalTrainer.stateOf(restored)).isEqualTo(Dl4jLocalTrainer.stateOf(network));
    assertThat(restored.getOutputLayer().conf()).isEqualTo(network.getOutputLayer().conf());
  }

  @Test
  void parameters_and_moments_are_loaded_into_a_network_rebuilt_in_code() {
    MultiLayerNetwork rebuilt = TutorialNetworks.softmax(5, 3, Optimizer.ADAM.updater(0.1), 99);

    ModelFile.read(file).loadInto(rebuilt);

    assertThat(Dl4jLocalTrainer.stateOf(rebuilt)).isEqualTo(Dl4jLocalTrainer.stateOf(network));
  }

  @Test
  void another_shape_names_the_layer_with_both_shapes() {
    MultiLayerNetwork other = TutorialNetworks.softmax(7, 3, Optimizer.ADAM.updater(0.1), 1);

    assertThatThrownBy(() -> ModelFile.read(file).loadInto(other))
        .isInstanceOf(ModelError.class)
        .hasMessage("%s: layer 0, parameter W: expected [7, 3], found [5, 3]", file);
  }

  @Test
  void another_number_of_layers_names_the_one_too_many() {
    MultiLayerNetwork deeper =
        TutorialNetworks.nonlinear(
            Activation.TANH, Activation.TANH, Optimizer.ADAM.updater(0.1), 1);
    Path deep = folder.resolve("deep.zip");
    ModelFile.write(deep, NetworkDefinition.of(deeper), Dl4jLocalTrainer.stateOf(deeper), Map.of());
    MultiLayerNetwork flat = TutorialNetworks.softmax(1, 10, Optimizer.ADAM.updater(0.1), 1);

    assertThatThrownBy(() -> ModelFile.read(deep).loadInto(flat))
        .isInstanceOf(ModelError.class)
        .hasMessage("%s: layer 1, parameter W: expected no such parameter, found [10, 1]", deep);
    assertThatThrownBy(() -> ModelFile.read(file).loadInto(deeper))
        .isInstanceOf(ModelError.class)
        .hasMessage("%s: layer 0, parameter W: expected [1, 10], found [5, 3]", file);
  }

  @Test
  void dl4j_reads_what_we_write_and_we_read_what_dl4j_writes() throws IOException {
    assertThat(ModelSerializer.restoreMultiLayerNetwork(file.toFile()).params())
        .isEqualTo(network.params());

    Path theirs = folder.resolve("theirs.zip");
    ModelSerializer.writeModel(network, theirs.toFile(), true);
    assertThat(ModelFile.read(theirs).state()).isEqualTo(Dl4jLocalTrainer.stateOf(network));
  }

  @Test
  void equal_models_are_equal_files() throws IOException {
    Path again = folder.resolve("again.zip");
    ModelFile.write(
        again, NetworkDefinition.of(network), Dl4jLocalTrainer.stateOf(network), Map.of());

    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void a_missing_file_and_one_that_is_no_model_are_named() throws IOException {
    Path missing = folder.resolve("missing.zip");
    Path text = Files.writeString(folder.resolve("text.zip"), "text");

    assertThatThrownBy(() -> ModelFile.read(missing))
        .isInstanceOf(ModelError.class)
        .hasMessage("%s: cannot be read: no such file", missing);
    assertThatThrownBy(() -> ModelFile.read(text))
        .isInstanceOf(ModelError.class)
        .hasMessage(
            "%s: expected a DL4J model zip, found a file that is none, or is truncated or altered",
            text);
  }
}
