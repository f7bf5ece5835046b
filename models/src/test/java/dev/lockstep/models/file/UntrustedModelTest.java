package dev.lockstep.models.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelTooLarge;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file from anywhere runs no code and takes no more memory than it may. */
class UntrustedModelTest {
  private static boolean ran;

  @TempDir private Path folder;
  private Map<String, byte[]> entries;
  private Path file;

  /** Tells when it is read from a Java object stream. */
  private static final class Payload implements Serializable {
    private void readObject(java.io.ObjectInputStream in) {
      ran = true;
    }
  }

  @BeforeEach
  void save() throws IOException {
    Path good = folder.resolve("good.zip");
    var network = TutorialNetworks.softmax(5, 3, Optimizer.ADAM.updater(0.1), 1);
    ModelFile.write(
        good, NetworkDefinition.of(network), Dl4jLocalTrainer.stateOf(network), Map.of());
    entries = new LinkedHashMap<>(SealedZip.read(good, good).entries());
    file = folder.resolve("model.zip");
    ran = false;
  }

  @Test
  void a_class_that_is_not_dl4js_is_not_constructed() throws IOException {
    configuration(json -> json.replace("dev.lockstep.models.StabilisedCrossEntropy", "java.Evil"));

    expect(": names the class java.Evil: only classes of DL4J itself are accepted");
  }

  @Test
  void java_objects_are_not_read() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Payload());
    }
    entries.put("normalizer.bin", bytes.toByteArray());
    entries.put("preprocessor.bin", bytes.toByteArray());
    entries.put("updater.bin", bytes.toByteArray());
    write();

    ModelFile.read(file).state();
    Assertions.assertThat(ran).isFalse();

    entries.put("updaterState.bin", bytes.toByteArray());
    write();
    expect(": updaterState.bin: is no array of ND4J");
    Assertions.assertThat(ran).isFalse();
  }

  @Test
  void an_array_that_claims_more_than_it_holds_is_not_allocated() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(1L << 40);
      out.writeUTF("LONG");
      out.writeLong(0);
    }
    entries.put("coefficients.bin", bytes.toByteArray());
    write();

    expect(": coefficients.bin: expected 1099511627776 shape of 8 bytes, found 8 bytes");
  }

  @Test
  void a_file_that_expands_beyond_the_heap_is_not_unpacked() throws IOException {
    long tooMuch = Runtime.getRuntime().maxMemory() / 4 + (1 << 20);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("zeros.bin"));
      byte[] zeros = new byte[1 << 20];
      for (long written = 0; written < tooMuch; written += zeros.length) {
        zip.write(zeros);
      }
    }

    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelTooLarge.class)
        .hasMessageStartingWith(
            file + ": zeros.bin: expands to more than a quarter of the heap of ")
        .hasMessageEndingWith(": if the model is to be trusted, give a larger --heap");
  }

  @Test
  void a_name_that_leads_out_of_the_file_is_refused() throws IOException {
    entries.put("../../etc/passwd", new byte[0]);
    write();

    expect(": expected the entries of a model, found one named '../../etc/passwd'");
  }

  @Test
  void a_configuration_that_is_no_json_is_named() throws IOException {
    configuration(json -> json.substring(0, 10));

    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelError.class)
        .hasMessageStartingWith(file + ": configuration.json: line ");
  }

  private void configuration(UnaryOperator<String> change) throws IOException {
    String json = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
    String changed = change.apply(json);
    Assertions.assertThat(changed).isNotEqualTo(json);
    entries.put("configuration.json", changed.getBytes(StandardCharsets.UTF_8));
    write();
  }

  private void write() throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(SealedZip.unsealed(entries));
    }
  }

  private void expect(String message) {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelError.class)
        .hasMessage(file + message);
  }
}
