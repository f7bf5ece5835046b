package dev.lockstep.models.file;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints of a run in one folder: {@code step-N.zip}, of which the last few are kept, and a
 * file {@code latest} that names the newest.
 */
public final class CheckpointStore {
  private static final Pattern NAME = Pattern.compile("step-(\\d+)\\.zip");
  private static final String LATEST = "latest";

  private final CheckpointFolder folder;
  private final int keep;
  private final Map<String, byte[]> common;

  /**
   * In a folder of this machine.
   *
   * @param keep how many to keep, at least 1
   */
  public CheckpointStore(Path folder, int keep) {
    this(folder, keep, Map.of());
  }

  /**
   * In a folder of this machine.
   *
   * @param keep how many checkpoints to keep, at least 1
   * @param common further entries of every checkpoint by name
   */
  public CheckpointStore(Path folder, int keep, Map<String, byte[]> common) {
    this(new LocalCheckpointFolder(folder), keep, common);
  }

  /**
   * @param keep how many checkpoints to keep, at least 1
   * @param common further entries of every checkpoint by name
   */
  public CheckpointStore(CheckpointFolder folder, int keep, Map<String, byte[]> common) {
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
   * @return where it is
   * @throws ModelError if it cannot be written; those written before stay valid
   */
  public String save(
      long step, NetworkDefinition network, ModelState state, Map<String, byte[]> extras) {
    String name = "step-%09d.zip".formatted(step);
    Map<String, byte[]> entries = new TreeMap<>(common);
    entries.putAll(extras);
    write(name, network, state, entries);
    try {
      folder.write(LATEST, (name + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(LATEST, e);
    }
    try {
      List<String> newestFirst = names();
      for (String old :
          newestFirst.subList(Math.min(keep, newestFirst.size()), newestFirst.size())) {
        folder.delete(old);
      }
    } catch (IOException e) {
      throw new ModelError("%s: %s".formatted(folder.location(""), AtomicFile.reason(e)), e);
    }
    return folder.location(name);
  }

  /** Where checkpoints are, as users name it. */
  public String location() {
    return folder.location("");
  }

  /** Keeps a model that is no checkpoint beside them, such as the best one so far. */
  public void saveBeside(String name, NetworkDefinition network, ModelState state) {
    write(name, network, state, Map.of());
  }

  private void write(
      String name, NetworkDefinition network, ModelState state, Map<String, byte[]> entries) {
    try {
      folder.write(name, ModelFile.bytes(network, state, entries));
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  private ModelError unwritable(String name, IOException e) {
    return new ModelError(
        "%s: cannot be written: %s".formatted(folder.location(name), AtomicFile.reason(e)), e);
  }

  /**
   * Reads a model that is kept here.
   *
   * @throws ModelError if it is gone, or was altered
   */
  public ModelFile read(String name) {
    try {
      return ModelFile.of(Path.of(folder.location(name)), folder.read(name));
    } catch (IOException e) {
      throw new ModelError(
          "%s: cannot be read: %s".formatted(folder.location(name), AtomicFile.reason(e)), e);
    }
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @param warning receives one line for each damaged one that was passed over
   */
  public Optional<ModelFile> latest(Consumer<String> warning) {
    for (String name : names()) {
      try {
        return Optional.of(read(name).checked());
      } catch (ModelError damaged) {
        warning.accept(damaged.getMessage() + "; using the checkpoint before it");
      }
    }
    return Optional.empty();
  }

  /** Removes all checkpoints, for a run that starts anew. */
  public void clear() {
    try {
      folder.delete(LATEST);
      for (String name : names()) {
        folder.delete(name);
      }
    } catch (IOException e) {
      throw new ModelError("%s: %s".formatted(folder.location(""), AtomicFile.reason(e)), e);
    }
  }

  /** The checkpoints' names, newest first. */
  public List<String> names() {
    try {
      return folder.names().stream()
          .filter(name -> step(name) >= 0)
          .sorted(Comparator.comparingLong(CheckpointStore::step).reversed())
          .toList();
    } catch (IOException e) {
      throw new ModelError("%s: %s".formatted(folder.location(""), AtomicFile.reason(e)), e);
    }
  }

  private static long step(String file) {
    Matcher name = NAME.matcher(file);
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }
}
