package dev.lockstep.models.file;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run in one folder: {@code step-N.zip}, of which the last few are kept, and a
 * file {@code latest} that names the newest.
 */
public final class CheckpointStore {
  private static final Pattern NAME = Pattern.compile("step-(\\d+)\\.zip");
  private static final String LATEST = "latest";

  private final Path folder;
  private final int keep;
  private final Map<String, byte[]> common;

  /**
   * @param keep how many to keep, at least 1
   */
  public CheckpointStore(Path folder, int keep) {
    this(folder, keep, Map.of());
  }

  /**
   * @param keep how many checkpoints to keep, at least 1
   * @param common further entries of every checkpoint by name
   */
  public CheckpointStore(Path folder, int keep, Map<String, byte[]> common) {
    if (keep < 1) {
      throw new IllegalArgumentException("at least one checkpoint must be kept, not " + keep);
    }
    this.folder = folder;
    this.keep = keep;
    this.common = Map.copyOf(common);
  }

  /**
   * Saves a checkpoint, then forgets those beyond the number to keep.
   *
   * @param step how many minibatches had been trained
   * @param extras further entries of the file by name
   * @throws ModelError if it cannot be written; those written before stay valid
   */
  public Path save(
      long step, NetworkDefinition network, ModelState state, Map<String, byte[]> extras) {
    Path file = folder.resolve("step-%09d.zip".formatted(step));
    Map<String, byte[]> entries = new TreeMap<>(common);
    entries.putAll(extras);
    ModelFile.write(file, network, state, entries);
    try {
      AtomicFile.write(
          folder.resolve(LATEST), (file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
      List<Path> newestFirst = files();
      for (Path old : newestFirst.subList(Math.min(keep, newestFirst.size()), newestFirst.size())) {
        Files.deleteIfExists(old);
      }
    } catch (IOException e) {
      throw new ModelError("%s: %s".formatted(folder, AtomicFile.reason(e)), e);
    }
    return file;
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @param warning receives one line for each damaged one that was passed over
   */
  public Optional<ModelFile> latest(Consumer<String> warning) {
    for (Path file : files()) {
      try {
        return Optional.of(ModelFile.read(file).checked());
      } catch (ModelError damaged) {
        warning.accept(damaged.getMessage() + "; using the checkpoint before it");
      }
    }
    return Optional.empty();
  }

  /** Removes all checkpoints, for a run that starts anew. */
  public void clear() {
    try {
      Files.deleteIfExists(folder.resolve(LATEST));
      for (Path file : files()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new ModelError("%s: %s".formatted(folder, AtomicFile.reason(e)), e);
    }
  }

  /** The checkpoints, newest first. */
  public List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> step(file) >= 0)
          .sorted(Comparator.comparingLong(CheckpointStore::step).reversed())
          .toList();
    } catch (IOException e) {
      throw new ModelError("%s: %s".formatted(folder, AtomicFile.reason(e)), e);
    }
  }

  private static long step(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }
}
