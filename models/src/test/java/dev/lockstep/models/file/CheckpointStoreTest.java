package dev.lockstep.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private final MultiLayerNetwork network =
      TutorialNetworks.softmax(5, 3, Optimizer.ADAM.updater(0.1), 1);
  private final NetworkDefinition definition = NetworkDefinition.of(network);
  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;
  private CheckpointStore store;

  @BeforeEach
  void saveThree() {
    store = new CheckpointStore(folder, 3);
    for (int step = 1; step <= 3; step++) {
      store.save(step * 10, definition, state(step), note("step " + step));
    }
  }

  @Test
  void the_newest_is_restored_whole() {
    ModelFile latest = store.latest(warnings::add).orElseThrow();

    assertThat(latest.state()).isEqualTo(state(3));
    assertThat(latest.extra("note")).asString(StandardCharsets.UTF_8).isEqualTo("step 3");
    assertThat(warnings).isEmpty();
    assertThat(folder.resolve("latest")).hasContent("step-000000030.zip");
  }

  @Test
  void only_so_many_are_kept() {
    store.save(40, definition, state(4), note("step 4"));

    assertThat(store.names())
        .containsExactly("step-000000040.zip", "step-000000030.zip", "step-000000020.zip");
  }

  @Test
  void a_truncated_one_is_named_and_the_one_before_is_used() throws IOException {
    Path newest = folder.resolve("step-000000030.zip");
    byte[] whole = Files.readAllBytes(newest);
    for (int length = 0; length < whole.length - 200; length += 97) {
      warnings.clear();
      Files.write(newest, Arrays.copyOf(whole, length));

      assertThat(store.latest(warnings::add).orElseThrow().state()).isEqualTo(state(2));
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith(newest + ": ")
          .endsWith("; using the checkpoint before it");
    }
  }

  @Test
  void an_altered_one_is_named_and_the_one_before_is_used() throws IOException {
    Path newest = folder.resolve("step-000000030.zip");
    byte[] whole = Files.readAllBytes(newest);
    for (int at = 0; at < whole.length; at += 13) {
      warnings.clear();
      byte[] altered = whole.clone();
      altered[at] ^= 0x10;
      Files.write(newest, altered);

      assertThat(store.latest(warnings::add).orElseThrow().state()).isEqualTo(state(2));
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith(newest + ": ")
          .endsWith("; using the checkpoint before it");
    }
  }

  @Test
  void with_none_that_is_whole_there_is_nothing_to_restore() throws IOException {
    for (String name : store.names()) {
      Files.writeString(folder.resolve(name), "damaged");
    }

    assertThat(store.latest(warnings::add)).isEmpty();
    assertThat(warnings).hasSize(3);
  }

  @Test
  void what_cannot_be_written_is_named_and_leaves_the_others() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> new CheckpointStore(file, 1).save(1, definition, state(1), note("")))
        .isInstanceOf(ModelError.class)
        .hasMessageStartingWith(file.resolve("step-000000001.zip") + ": cannot be written: ");
    assertThat(store.latest(warnings::add).orElseThrow().state()).isEqualTo(state(3));
  }

  private ModelState state(int step) {
    ModelState fresh = Dl4jLocalTrainer.stateOf(network);
    float[] moments = new float[fresh.updaterState().length];
    Arrays.fill(moments, step * 0.1f);
    return new ModelState(fresh.parameters(), moments, step);
  }

  private static Map<String, byte[]> note(String text) {
    return Map.of("note", text.getBytes(StandardCharsets.UTF_8));
  }
}
