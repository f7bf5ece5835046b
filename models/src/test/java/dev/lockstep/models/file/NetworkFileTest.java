package dev.lockstep.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.NetworkTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class NetworkFileTest {
  @TempDir private Path folder;

  private static NeuralNetConfiguration.Builder common() {
    return new NeuralNetConfiguration.Builder().seed(9).updater(new Adam(0.01));
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(new LossMSE())
        .nIn(3)
        .nOut(2)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static MultiLayerConfiguration stack() {
    return common().list().layer(output()).build();
  }

  private static ComputationGraphConfiguration graph() {
    return common()
        .graphBuilder()
        .addInputs("in")
        .addLayer("out", output(), "in")
        .setOutputs("out")
        .build();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("network"), content);
  }

  @Test
  void json_of_either_kind_starts_anew_and_a_zip_goes_on() throws IOException {
    NetworkFile stack = NetworkFile.read(file(stack().toJson()));
    assertThat(stack.definition().graph()).isFalse();
    assertThat(stack.state()).isEmpty();
    NetworkFile graph = NetworkFile.read(file(graph().toJson()));
    assertThat(graph.definition().graph()).isTrue();

    ModelState state = new ModelState(new float[8], new float[16], 7);
    Path zip = folder.resolve("model.any");
    ModelFile.write(zip, graph.definition(), state, Map.of());
    assertThat(NetworkFile.read(zip).state()).contains(state);
    assertThat(NetworkFile.read(zip).definition().graph()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"confs\" [1]}| line 1, column 11: expected JSON of a network: Unexpected character ('['"
            + " (code 91)): was expecting a colon to separate field name and value",
        "{\"class_name\": \"Sequential\", \"config\": []}| expected a model zip, or the JSON of a"
            + " MultiLayerConfiguration or a ComputationGraphConfiguration, found other JSON:"
            + " class_name, config",
        "[]| expected a model zip, or the JSON of a MultiLayerConfiguration or a"
            + " ComputationGraphConfiguration, found none of them",
        "{\"confs\": [{\"layer\": {\"@class\": \"com.example.Evil\"}}]}| names the class"
            + " com.example.Evil: only classes of DL4J itself are accepted",
        "{\"confs\": [], \"confs\": []}| line 1, column 24: expected JSON of a network: Duplicate"
            + " field 'confs' for `ObjectNode`: not allowed when"
            + " `DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY` enabled",
      })
  void what_is_no_network_is_told_in_one_line(String content, String message) throws IOException {
    Path file = file(content);

    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(ModelError.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void a_network_that_dl4j_cannot_build_is_told_in_one_line() throws IOException {
    Path file = file(stack().toJson().replace("\"nout\"", "\"nuts\""));

    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(ModelError.class)
        .hasMessageStartingWith(file + ": is no network that DL4J can build: ")
        .message()
        .hasLineCount(1);
    assertThatThrownBy(() -> NetworkFile.read(folder.resolve("none")))
        .hasMessageStartingWith(folder.resolve("none") + ": cannot be read: ");
  }

  @Test
  void tuning_changes_the_updaters_of_layers_that_are_trained() {
    NetworkDefinition network =
        NetworkDefinition.of(
            common()
                .list()
                .layer(new FrozenLayer(new DenseLayer.Builder().nIn(4).nOut(5).build()))
                .layer(
                    new DenseLayer.Builder()
                        .nIn(5)
                        .nOut(3)
                        .updater(
                            new Nesterovs(
                                new ExponentialSchedule(ScheduleType.ITERATION, 0.5, 0.9), 0.8))
                        .build())
                .layer(output())
                .build());

    MultiLayerConfiguration slower =
        tuned(network, new NetworkTuning(5, Optional.empty(), OptionalDouble.of(0.25)));
    assertThat(slower.getConf(1).getLayer().getUpdaterByParam("W"))
        .isEqualTo(new Nesterovs(0.25, 0.8));
    assertThat(slower.getConf(2).getLayer().getUpdaterByParam("W")).isEqualTo(new Adam(0.25));
    assertThat(slower.getConf(2).getSeed()).isEqualTo(5);

    MultiLayerConfiguration other =
        tuned(network, new NetworkTuning(5, Optional.of(new Sgd(0.125)), OptionalDouble.empty()));
    assertThat(other.getConf(1).getLayer().getUpdaterByParam("b")).isEqualTo(new Sgd(0.125));
    assertThat(other.getConf(2).getLayer().getUpdaterByParam("W")).isEqualTo(new Sgd(0.125));
  }

  private static MultiLayerConfiguration tuned(NetworkDefinition network, NetworkTuning tuning) {
    return MultiLayerConfiguration.fromJson(tuning.apply(network).json());
  }

  @Test
  void one_seed_draws_one_start_in_a_stack_and_in_a_graph() {
    for (NetworkDefinition network :
        new NetworkDefinition[] {NetworkDefinition.of(stack()), NetworkDefinition.of(graph())}) {
      assertThat(start(network, 3)).isEqualTo(start(network, 3)).isNotEqualTo(start(network, 4));
    }
  }

  private static ModelState start(NetworkDefinition network, long seed) {
    NetworkTuning tuning = new NetworkTuning(seed, Optional.empty(), OptionalDouble.empty());
    return Dl4jLocalTrainer.stateOf(tuning.apply(network).newNetwork());
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "HALF"})
  void another_precision_is_a_line_for_json_and_zip(DataType type) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(common().dataType(type).list().layer(output()).build());
    network.init();
    Path json = folder.resolve("network.json");
    Path zip = folder.resolve("network.zip");
    Files.writeString(json, network.getLayerWiseConfigurations().toJson());
    ModelSerializer.writeModel(network, zip.toFile(), true);

    for (Path file : List.of(json, zip)) {
      assertThatThrownBy(() -> NetworkFile.read(file))
          .isInstanceOf(ModelError.class)
          .hasMessage(
              file
                  + ": the network computes in "
                  + type
                  + ": expected FLOAT: set dataType(DataType.FLOAT), or call DL4J's"
                  + " convertDataType(DataType.FLOAT) and save it again");
    }
    assertThatThrownBy(() -> ModelFile.read(zip)).isInstanceOf(ModelError.class);
  }

  @Test
  void an_updater_that_dl4j_cannot_make_is_a_line() throws IOException {
    Path json = folder.resolve("network.json");
    Files.writeString(
        json, common().updater(new AdaBelief(0.1)).list().layer(output()).build().toJson());

    assertThatThrownBy(() -> NetworkFile.read(json))
        .isInstanceOf(ModelError.class)
        .hasMessage(
            json
                + ": the updater AdaBelief cannot be made by this version of DL4J: use Adam or"
                + " AMSGrad");
  }
}
