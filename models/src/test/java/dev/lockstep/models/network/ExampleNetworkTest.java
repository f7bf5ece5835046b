package dev.lockstep.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.NetworkDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExampleNetworkTest {
  private static final Path FOLDER = Path.of("examples");

  /** What the code builds is left in {@code target/examples}, to be looked at and copied. */
  @ParameterizedTest
  @EnumSource
  void each_file_is_what_dl4j_makes_of_the_code(ExampleNetwork network) throws IOException {
    NetworkDefinition built = ExampleConfigurations.of(network);
    Path to = Files.createDirectories(Path.of("target", "examples")).resolve(network + ".json");
    Files.writeString(to, built.json() + "\n");

    assertThat(FOLDER.resolve(network + ".json"))
        .as("cp models/%s there", to)
        .hasSameTextualContentAs(to);
    assertThat(network.definition())
        .as("as it is found by name")
        .isEqualTo(new NetworkDefinition(built.json() + "\n", built.graph()));
  }

  @ParameterizedTest
  @CsvSource({
    "SOFTMAX, 7850",
    "MLP, 101770",
    "WIDE, 20037642",
    // The paper's 60,000, and those that it saves by joining only some maps.
    "LENET, 61706",
    "CIFAR, 554730",
    // The paper's 0.27 million, with running statistics.
    "RESNET20, 274042",
    "LSTM, 107072"
  })
  void each_has_as_many_parameters_as_its_layers_ask_for(ExampleNetwork network, int parameters) {
    assertThat(network.definition().newNetwork().numParams()).isEqualTo(parameters);
  }

  @Test
  void every_file_is_a_network_known_by_its_name() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              ExampleNetwork.names().stream().map(name -> name + ".json").toList());
    }
    assertThat(ExampleNetwork.named("lenet")).contains(ExampleNetwork.LENET);
    assertThat(ExampleNetwork.named("lenet.json")).isEmpty();
  }
}
