package dev.lockstep.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.AtomicFile;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.train.ModelInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run's folder: the model, what it was trained with, and checkpoints. */
public record ModelDirectory(Path folder) {
  private static final String MODEL = "model.zip";
  private static final String AVERAGE = "average.zip";
  private static final String SUMMARY = "model.json";
  private static final String CONFIG = "config";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The file meant by a path, which may be the folder of a run. */
  public static Path file(Path fileOrFolder) {
    return Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve(MODEL) : fileOrFolder;
  }

  /** Where the curves of a run that is under way are kept, to go on with when it is resumed. */
  public Path history() {
    return checkpoints().resolve("history.jsonl");
  }

  /** Where checkpoints go, and the best model of a run that may stop early. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** Saves the model of weights averaged over time. */
  public Path saveAverage(NetworkDefinition network, ModelState state, ModelInputs inputs) {
    Path file = folder.resolve(AVERAGE);
    ModelFile.write(file, network, state, inputs.entries());
    return file;
  }

  /** What a model was trained with; empty where the file does not say it. */
  public static Map<String, Object> config(ModelFile model) {
    byte[] summary = model.extra(SUMMARY);
    try {
      return summary != null && JSON.readTree(summary).get(CONFIG) instanceof ObjectNode config
          ? JSON.convertValue(config, new TypeReference<>() {})
          : Map.of();
    } catch (IOException e) {
      throw new RunError("the model's %s: %s".formatted(SUMMARY, e.getMessage()));
    }
  }

  /**
   * Saves the trained model as DL4J's zip, and beside it configuration and metrics as JSON.
   *
   * @param inputs what data becomes before the model sees it
   */
  public Path save(
      NetworkDefinition network,
      ModelState state,
      Map<String, Object> config,
      Map<String, Object> metrics,
      ModelInputs inputs) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put(CONFIG, config);
    summary.put("metrics", metrics);
    Path file = folder.resolve(MODEL);
    try {
      byte[] json = JSON.writeValueAsBytes(summary);
      Map<String, byte[]> extras = new LinkedHashMap<>(Map.of(SUMMARY, json));
      extras.putAll(inputs.entries());
      ModelFile.write(file, network, state, extras);
      AtomicFile.write(folder.resolve(SUMMARY), json);
      return file;
    } catch (IOException e) {
      throw new RunError("%s: cannot be written: %s".formatted(folder, e.getMessage()));
    }
  }
}
