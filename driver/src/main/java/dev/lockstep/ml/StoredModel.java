package dev.lockstep.ml;

import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Locations;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.WholeFiles;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.ModelInputs;
import dev.lockstep.train.OnnxExport;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * A trained network and how data become its input, in one model zip.
 *
 * @param normalisation how features are normalised; null if that is not known
 * @param pictures how pictures come to the network's size; null if it was not trained on pictures
 * @param classNames by class number; empty for regression
 * @param columns what the features are called; empty where they have no names
 * @param recipe how columns of a table become features; null if they are not made of such
 * @param labels what the values of a label are called; empty where they have no names
 * @param training how it was trained; null if that is not known
 */
record StoredModel(
    NetworkDefinition network,
    ModelState state,
    Normalisation normalisation,
    ImagePreprocessing pictures,
    List<String> classNames,
    List<String> columns,
    TableRecipe recipe,
    List<String> labels,
    TrainingSummary training)
    implements Serializable {
  Optional<ImagePreprocessing> preprocessing() {
    return Optional.ofNullable(pictures);
  }

  /**
   * Reads a model zip.
   *
   * @param path on any Hadoop file system
   * @throws ModelError if there is none, or it was altered
   */
  static StoredModel read(String path, Configuration hadoop) {
    try {
      Path local = Files.createTempFile("lockstep", ".zip");
      try {
        org.apache.hadoop.fs.Path remote = Locations.of(path, hadoop);
        FileSystem files = remote.getFileSystem(hadoop);
        if (!files.getFileStatus(remote).isFile()) {
          throw new ModelError(path + ": expected a model zip, found a folder");
        }
        files.copyToLocalFile(false, remote, new org.apache.hadoop.fs.Path(local.toUri()), true);
        return of(ModelFile.read(local), path);
      } finally {
        Files.deleteIfExists(local);
      }
    } catch (IOException e) {
      throw new ModelError("%s: cannot be read: %s".formatted(path, FileSystems.message(e)), e);
    }
  }

  private static StoredModel of(ModelFile file, String path) {
    Path name = Path.of(path);
    NetworkShape shape = NetworkShape.of(file.definition());
    return new StoredModel(
        file.definition(),
        file.state(),
        ModelInputs.normalisation(file, name).orElse(null),
        ModelInputs.pictures(file, name).orElse(null),
        shape.naming(ModelInputs.classNames(file, name).orElse(List.of())).task()
                == NetworkTask.CLASSIFICATION
            ? ModelInputs.classNames(file, name, shape.classes())
            : List.of(),
        ModelInputs.columns(file, name),
        ModelInputs.recipe(file, name).orElse(null),
        ModelInputs.labels(file, name),
        file.extra(TrainingSummary.ENTRY) == null
            ? null
            : TrainingSummary.of(file.extra(TrainingSummary.ENTRY), path));
  }

  /**
   * Writes the model zip, which DL4J's own {@code ModelSerializer} reads as well.
   *
   * @param path on any Hadoop file system
   */
  void write(String path, Configuration hadoop) throws IOException {
    byte[] content = ModelFile.bytes(network, state, entries());
    WholeFiles.write(Locations.of(path, hadoop), content, hadoop);
  }

  /**
   * Writes an ONNX file.
   *
   * @param path on any Hadoop file system
   * @param features how many values of an example the network reads, where the network itself does
   *     not say
   * @throws ModelError naming the layer that has no ONNX form
   */
  void export(String path, Configuration hadoop, OptionalInt features, OnnxExport.Extent extent) {
    try {
      ModelFile file = ModelFile.of(Path.of(path), ModelFile.bytes(network, state, entries()));
      List<List<Integer>> shapes =
          features.isPresent() && pictures == null && network.inputs().size() == 1
              ? List.of(List.of(features.getAsInt()))
              : List.of();
      OnnxExport export = OnnxExport.of(file, Path.of("model"), shapes, extent);
      WholeFiles.write(Locations.of(path, hadoop), export.model().content(), hadoop);
    } catch (IOException e) {
      throw new ModelError("%s: cannot be written: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** What there is beside the network, as entries of a model zip. */
  private Map<String, byte[]> entries() {
    Map<String, byte[]> inputs = new TreeMap<>();
    if (normalisation != null) {
      inputs.putAll(
          new ModelInputs(
                  normalisation,
                  preprocessing(),
                  classNames,
                  columns,
                  Optional.ofNullable(recipe),
                  labels)
              .entries());
    }
    if (training != null) {
      inputs.put(TrainingSummary.ENTRY, training.json());
    }
    return inputs;
  }
}
