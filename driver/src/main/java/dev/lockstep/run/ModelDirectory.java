package dev.lockstep.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Locations;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.train.HadoopCheckpointFolder;
import dev.lockstep.train.ModelInputs;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A run's folder: the model, what it was trained with, and checkpoints. It is one of this machine,
 * unless its name begins with the scheme of another file system.
 */
public final class ModelDirectory implements AutoCloseable {
  private static final String MODEL = "model.zip";
  private static final String AVERAGE = "average.zip";
  private static final String SUMMARY = "model.json";
  private static final String CONFIG = "config";
  private static final String LOCAL = "file:";

  /** Of more than a letter, so that no drive of Windows is one. */
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:/");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String location;
  private final Configuration hadoop;
  private final boolean elsewhere;
  private final Path folder;

  /**
   * @param location as the user names it
   * @throws IllegalArgumentException if it can be no folder
   */
  public ModelDirectory(String location, Configuration hadoop) {
    this.location = location;
    this.hadoop = hadoop;
    elsewhere = isElsewhere(location);
    if (!elsewhere) {
      folder = local(location);
      return;
    }
    HadoopCheckpointFolder.at(location, hadoop);
    String name = new org.apache.hadoop.fs.Path(location).getName();
    if (name.isEmpty()) {
      throw new IllegalArgumentException(location + ": name a folder in it");
    }
    try {
      folder = Files.createDirectories(Files.createTempDirectory("lockstep").resolve(name));
    } catch (IOException e) {
      throw new RunError("no folder for reports: " + FileSystems.message(e));
    }
  }

  /** Whether a location is not on this machine, by the scheme of its name. */
  public static boolean isElsewhere(String location) {
    return SCHEME.matcher(location).find() && !location.startsWith(LOCAL);
  }

  private static Path local(String location) {
    return Path.of(
        location.startsWith(LOCAL + "/")
            ? new org.apache.hadoop.fs.Path(location).toUri().getPath()
            : location);
  }

  /** The file meant by a path, which may be the folder of a run. */
  public static Path file(Path fileOrFolder) {
    return Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve(MODEL) : fileOrFolder;
  }

  /**
   * The model at a location: a model zip, or a folder that a run has written.
   *
   * @return empty if there is none
   * @throws dev.lockstep.models.ModelError if it is no model
   * @throws dev.lockstep.data.DataError if it cannot be read
   */
  public static Optional<ModelFile> model(String location, Configuration hadoop) {
    if (!isElsewhere(location)) {
      return Optional.of(file(local(location))).filter(Files::exists).map(ModelFile::read);
    }
    try {
      org.apache.hadoop.fs.Path path = Locations.of(location, hadoop);
      FileSystem files = path.getFileSystem(hadoop);
      if (files.getFileStatus(path).isDirectory()) {
        path = Locations.child(path, MODEL);
      }
      try (InputStream in = files.open(path)) {
        return Optional.of(ModelFile.of(Path.of(location), in.readAllBytes()));
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DataFiles.unreadable(location, e);
    }
  }

  /**
   * Where reports are written and pictures drawn: the folder itself or, if it is not on this
   * machine, one whose files are copied there by {@link #close}.
   */
  public Path folder() {
    return folder;
  }

  /** What users call a file or folder in {@link #folder}. */
  public String name(Path file) {
    return elsewhere ? below(folder.relativize(file)) : file.toString();
  }

  private String below(Path name) {
    return new org.apache.hadoop.fs.Path(location, name.toString()).toString();
  }

  /** Where checkpoints go, and the best model of a run that may stop early. */
  public CheckpointFolder checkpoints() {
    return in(folder.resolve("checkpoints"));
  }

  /** A folder in it, or itself, by where it would be in {@link #folder}. */
  private CheckpointFolder in(Path place) {
    if (!elsewhere) {
      return CheckpointFolder.of(place);
    }
    return HadoopCheckpointFolder.at(
        place.equals(folder) ? location : below(folder.relativize(place)), hadoop);
  }

  /** Saves the model of weights averaged over time; where it is. */
  public String saveAverage(NetworkDefinition network, ModelState state, ModelInputs inputs) {
    try {
      CheckpointFolder files = in(folder);
      files.write(AVERAGE, ModelFile.bytes(network, state, inputs.entries()));
      return files.location(AVERAGE);
    } catch (IOException e) {
      throw unwritable(e);
    }
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
   * @return where the model is
   */
  public String save(
      NetworkDefinition network,
      ModelState state,
      Map<String, Object> config,
      Map<String, Object> metrics,
      ModelInputs inputs) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put(CONFIG, config);
    summary.put("metrics", metrics);
    try {
      byte[] json = JSON.writeValueAsBytes(summary);
      Map<String, byte[]> extras = new LinkedHashMap<>(Map.of(SUMMARY, json));
      extras.putAll(inputs.entries());
      CheckpointFolder files = in(folder);
      files.write(MODEL, ModelFile.bytes(network, state, extras));
      files.write(SUMMARY, json);
      return files.location(MODEL);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Brings what was written on this machine to where it is to be.
   *
   * @throws RunError if that cannot be
   */
  @Override
  public void close() {
    if (!elsewhere) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> drawn = all.filter(Files::isRegularFile).toList();
      for (Path file : drawn) {
        in(file.getParent()).write(file.getFileName().toString(), Files.readAllBytes(file));
      }
      FileUtils.deleteDirectory(folder.toFile());
      Files.delete(folder.getParent());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private RunError unwritable(IOException e) {
    return new RunError("%s: cannot be written: %s".formatted(location, FileSystems.message(e)));
  }
}
