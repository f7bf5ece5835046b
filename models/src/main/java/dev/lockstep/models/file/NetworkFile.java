package dev.lockstep.models.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network that somebody brings: DL4J's JSON of a configuration, to be trained from the start, or
 * a model zip, to be trained on.
 *
 * @param model what training goes on from; empty for JSON
 */
public record NetworkFile(Path path, NetworkDefinition definition, Optional<ModelFile> model) {
  /** What the JVM says of a missing value: by what it would have been asked for. */
  private static final Pattern MISSING =
      Pattern.compile(
          ".*because (?:the return value of )?\"(?:[^\"]*\\.)?([^.\"(]+)\\(?.*\" is null");

  private static final byte[] ZIP = {'P', 'K'};

  /**
   * Reads a file, whose content tells its kind.
   *
   * @throws ModelError if there is no such file, or it is neither, or names classes of others
   */
  public static NetworkFile read(Path path) {
    byte[] content;
    try {
      content = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new ModelError("%s: cannot be read: %s".formatted(path, AtomicFile.reason(e)), e);
    }
    if (Arrays.equals(content, 0, Math.min(ZIP.length, content.length), ZIP, 0, ZIP.length)) {
      ModelFile model = ModelFile.read(path);
      NetworkDefinition definition = definition(path, model.definition().json());
      return new NetworkFile(path, definition, Optional.of(model));
    }
    String json = new String(content, StandardCharsets.UTF_8);
    return new NetworkFile(path, definition(path, json), Optional.empty());
  }

  /** What training goes on from; empty for JSON. */
  public Optional<ModelState> state() {
    return model.map(ModelFile::state);
  }

  private static NetworkDefinition definition(Path path, String json) {
    JsonNode tree = parse(path, json);
    boolean graph = tree.has("vertices");
    if (!graph && !tree.has("confs")) {
      throw new ModelError(
          "%s: expected a model zip, or the JSON of a MultiLayerConfiguration or a".formatted(path)
              + " ComputationGraphConfiguration, found "
              + (tree.isObject() && !tree.isEmpty()
                  ? "other JSON: " + String.join(", ", names(tree))
                  : "none of them"));
    }
    Dl4jEntries.expectKnownClasses(path, tree);
    Dl4jEntries.expectTrainable(path, tree);
    NetworkDefinition definition = new NetworkDefinition(json, graph);
    try {
      definition.expectWired();
      definition.newNetwork();
      return definition;
    } catch (ModelError e) {
      throw new ModelError("%s: %s".formatted(path, e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new ModelError(
          "%s: is no network that DL4J can build: %s".formatted(path, firstLine(e)), e);
    }
  }

  private static JsonNode parse(Path path, String json) {
    try {
      return Dl4jEntries.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ModelError(
          "%s: line %d, column %d: expected JSON of a network: %s"
              .formatted(
                  path,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  private static List<String> names(JsonNode tree) {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names.subList(0, Math.min(5, names.size()));
  }

  private static String firstLine(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return MISSING.matcher(message).matches()
        ? "something is missing in its JSON: " + MISSING.matcher(message).replaceFirst("$1")
        : message;
  }
}
