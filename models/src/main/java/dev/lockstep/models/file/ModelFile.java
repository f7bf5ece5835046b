package dev.lockstep.models.file;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A saved model: DL4J's own zip, which DL4J's {@code ModelSerializer} reads, with further entries
 * of ours and a checksum. Written atomically, and byte-identical for equal content.
 */
public final class ModelFile {
  private static final String OUTER_STATE = "outerMomentum.bin";
  private static final String JSON = ".json";
  private static final String AVERAGED = "averagedWeights.bin";

  private final Path path;
  private final Map<String, byte[]> entries;

  /** Those that DL4J may see. */
  private final Map<String, byte[]> dl4j;

  private final boolean checked;

  private ModelFile(
      Path path, Map<String, byte[]> entries, Map<String, byte[]> dl4j, boolean checked) {
    this.path = path;
    this.entries = entries;
    this.dl4j = dl4j;
    this.checked = checked;
  }

  /**
   * Writes a network with its state.
   *
   * @param extras further entries by name
   * @throws ModelError if the file cannot be written
   */
  public static void write(
      Path path, NetworkDefinition definition, ModelState state, Map<String, byte[]> extras) {
    try {
      AtomicFile.write(path, bytes(definition, state, extras));
    } catch (IOException e) {
      throw new ModelError("%s: cannot be written: %s".formatted(path, AtomicFile.reason(e)), e);
    }
  }

  /** What {@link #write} writes, for other places than files of this machine. */
  public static byte[] bytes(
      NetworkDefinition definition, ModelState state, Map<String, byte[]> extras)
      throws IOException {
    Model network = definition.newNetwork();
    Dl4jLocalTrainer.load(network, state);
    ByteArrayOutputStream dl4j = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, dl4j, true);
    Map<String, byte[]> entries = SealedZip.entries(dl4j.toByteArray());
    entries.putAll(extras);
    if (state.outerState().length > 0) {
      entries.put(OUTER_STATE, bytes(state.outerState()));
    }
    if (state.averaged().length > 0) {
      entries.put(AVERAGED, bytes(state.averaged()));
    }
    return SealedZip.of(entries);
  }

  /**
   * Reads a file and, where it has a checksum, verifies it. It may come from anywhere: it cannot
   * have code run, nor more memory taken than a quarter of the heap.
   *
   * @throws ModelError if there is no such file, or it is not a DL4J model, or was altered
   */
  public static ModelFile read(Path path) {
    return read(path, path);
  }

  /**
   * The same from a file's content, for files of other places.
   *
   * @param path as errors name it
   */
  public static ModelFile of(Path path, byte[] content) throws IOException {
    Path copy = Files.createTempFile("lockstep", ".zip");
    try {
      Files.write(copy, content);
      return read(path, copy);
    } finally {
      Files.delete(copy);
    }
  }

  private static ModelFile read(Path path, Path file) {
    try {
      SealedZip zip = SealedZip.read(path, file);
      return new ModelFile(path, zip.entries(), Dl4jEntries.of(path, zip.entries()), zip.sealed());
    } catch (ZipException e) {
      throw new ModelError(
          "%s: expected a DL4J model zip, found a file that is none, or is truncated or altered"
              .formatted(path),
          e);
    } catch (IOException e) {
      throw new ModelError("%s: cannot be read: %s".formatted(path, AtomicFile.reason(e)), e);
    }
  }

  /**
   * This file, which must have had a checksum: DL4J's own zips have none, ours always do.
   *
   * @throws ModelError if it had none, as when the end of the file was cut off
   */
  ModelFile checked() {
    if (!checked) {
      throw new ModelError("%s: was truncated: expected a checksum, found none".formatted(path));
    }
    return this;
  }

  /** The network with parameters, updater state and iteration count: from the file alone. */
  public Model network() {
    byte[] zip = SealedZip.unsealed(dl4j);
    try {
      return definition().graph()
          ? ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip), true)
          : ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), true);
    } catch (IOException | RuntimeException e) {
      throw new ModelError(
          "%s: is not a DL4J model that can be restored: %s".formatted(path, AtomicFile.reason(e)),
          e);
    }
  }

  /** The network without parameters. */
  public NetworkDefinition definition() {
    String json = new String(dl4j.get(Dl4jEntries.CONFIGURATION), StandardCharsets.UTF_8);
    return NetworkDefinition.ofJson(json);
  }

  /**
   * Parameters, updater state and update count, the state of an optimizer between rounds and the
   * parameters averaged over time if it has them.
   */
  public ModelState state() {
    ModelState state = Dl4jLocalTrainer.stateOf(network());
    byte[] outer = entries.get(OUTER_STATE);
    if (outer != null) {
      state = state.withOuterState(floats(outer));
    }
    byte[] averaged = entries.get(AVERAGED);
    return averaged == null ? state : state.withAveraged(floats(averaged));
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  /**
   * Loads the parameters and updater state into a network that was rebuilt in code.
   *
   * @throws ModelError if a layer's shape differs, naming it with both shapes
   */
  public void loadInto(Model rebuilt) {
    Model saved = network();
    Map<String, INDArray> expected = rebuilt.paramTable();
    Map<String, INDArray> found = saved.paramTable();
    expected.forEach((name, array) -> compare(name, array, found.get(name)));
    found.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw mismatch(name, "no such parameter", shape(found.get(name)));
            });
    Dl4jLocalTrainer.load(rebuilt, Dl4jLocalTrainer.stateOf(saved));
  }

  private void compare(String name, INDArray expected, INDArray found) {
    if (found == null || !Arrays.equals(expected.shape(), found.shape())) {
      throw mismatch(name, shape(expected), found == null ? "no such parameter" : shape(found));
    }
  }

  private ModelError mismatch(String name, String expected, String found) {
    int split = name.lastIndexOf('_');
    return new ModelError(
        "%s: layer %s, parameter %s: expected %s, found %s"
            .formatted(path, name.substring(0, split), name.substring(split + 1), expected, found));
  }

  private static String shape(INDArray array) {
    return Arrays.toString(array.shape());
  }

  /**
   * The normalizer that DL4J saved with the model; empty if it saved none.
   *
   * @throws ModelError if there is one that cannot be told as data
   */
  public Optional<StoredNormalizer> normalizer() {
    return Optional.ofNullable(entries.get(NormalizerReader.ENTRY))
        .map(content -> NormalizerReader.read(path, content));
  }

  /** The further entries that are JSON, by their names without the ending. */
  public Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    entries.forEach(
        (name, content) -> {
          if (name.endsWith(JSON) && !dl4j.containsKey(name)) {
            texts.put(
                name.substring(0, name.length() - JSON.length()),
                new String(content, StandardCharsets.UTF_8));
          }
        });
    return texts;
  }

  /** A further entry, or null if the file has none of that name. */
  public byte[] extra(String name) {
    return entries.get(name);
  }
}
