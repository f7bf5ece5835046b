package dev.lockstep.models.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.models.ModelError;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.AdaBelief;

/**
 * The entries of a model zip that DL4J may see, checked before it does: a file from anywhere can
 * then neither name a class that is not DL4J's, nor hold a Java object, nor have more memory
 * claimed than it has bytes.
 */
final class Dl4jEntries {
  static final String CONFIGURATION = "configuration.json";
  private static final List<String> ARRAYS = List.of("coefficients.bin", "updaterState.bin");
  private static final String NO_PARAMETERS = "noParams.marker";

  /** Where classes may be from that a configuration names, and so has constructed. */
  private static final List<String> PACKAGES =
      List.of("org.deeplearning4j.", "org.nd4j.", "dev.lockstep.models.");

  /** Refuses a key that comes twice, of which DL4J might take the other one. */
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private Dl4jEntries() {}

  /**
   * Only the entries that hold a network.
   *
   * @throws ModelError if one of them is not what it should be
   */
  static Map<String, byte[]> of(Path path, Map<String, byte[]> entries) {
    Map<String, byte[]> found = new LinkedHashMap<>();
    byte[] configuration = entries.get(CONFIGURATION);
    if (configuration == null) {
      throw new ModelError(
          "%s: expected a DL4J model zip, found no entry %s".formatted(path, CONFIGURATION));
    }
    JsonNode tree = parse(path, configuration);
    expectKnownClasses(path, tree);
    expectTrainable(path, tree);
    found.put(CONFIGURATION, configuration);
    for (String name : ARRAYS) {
      byte[] array = entries.get(name);
      if (array != null) {
        expectWhole(path, name, array);
        found.put(name, array);
      }
    }
    if (entries.containsKey(NO_PARAMETERS)) {
      found.put(NO_PARAMETERS, entries.get(NO_PARAMETERS));
    }
    return found;
  }

  private static JsonNode parse(Path path, byte[] configuration) {
    try {
      return JSON.readTree(configuration);
    } catch (JsonProcessingException e) {
      throw new ModelError(
          "%s: %s: line %d: %s"
              .formatted(path, CONFIGURATION, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
    }
  }

  /**
   * Checks the classes that a configuration names, and DL4J constructs.
   *
   * @throws ModelError naming one that is neither DL4J's nor ours
   */
  static void expectKnownClasses(Path path, JsonNode configuration) {
    for (JsonNode type : configuration.findValues("@class")) {
      if (PACKAGES.stream().noneMatch(type.asText()::startsWith)) {
        throw new ModelError(
            "%s: names the class %s: only classes of DL4J itself are accepted"
                .formatted(path, type.asText()));
      }
    }
  }

  /**
   * Checks what DL4J would fail at, or we would, after a network is built.
   *
   * @throws ModelError if the network computes in another precision than float32, or has an updater
   *     that DL4J names but cannot make
   */
  static void expectTrainable(Path path, JsonNode configuration) {
    String type = configuration.path("dataType").asText(DataType.FLOAT.name());
    if (!type.equals(DataType.FLOAT.name())) {
      throw new ModelError(
          "%s: the network computes in %s: expected FLOAT: set dataType(DataType.FLOAT), or call"
                  .formatted(path, type)
              + " DL4J's convertDataType(DataType.FLOAT) and save it again");
    }
    if (configuration.findValues("@class").stream()
        .anyMatch(name -> name.asText().equals(AdaBelief.class.getName()))) {
      throw new ModelError(
          "%s: the updater AdaBelief cannot be made by this version of DL4J: use Adam or AMSGrad"
              .formatted(path));
    }
  }

  /** An ND4J array is two buffers, its shape and its values, each with its length before it. */
  private static void expectWhole(Path path, String name, byte[] array) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(array))) {
      for (String part : List.of("shape", "values")) {
        in.readUTF();
        long length = in.readLong();
        DataType type = DataType.valueOf(in.readUTF());
        int width = type.width();
        if (part.equals("values") && type != DataType.FLOAT) {
          throw new ModelError("%s: %s: expected FLOAT, found %s".formatted(path, name, type));
        }
        if (length < 0 || length > in.available() / width) {
          throw new ModelError(
              "%s: %s: expected %d %s of %d bytes, found %d bytes"
                  .formatted(path, name, length, part, width, in.available()));
        }
        in.skipNBytes(length * width);
      }
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new ModelError("%s: %s: is no array of ND4J".formatted(path, name), e);
    }
  }
}
