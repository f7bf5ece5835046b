package dev.lockstep.train;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.TargetScale;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.models.onnx.OnnxModel;
import dev.lockstep.models.onnx.OnnxPreparation;
import dev.lockstep.models.onnx.OnnxPreparation.Classes;
import dev.lockstep.models.onnx.OnnxPreparation.Picture;
import dev.lockstep.models.onnx.OnnxSettings;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A saved model as an ONNX model: what is saved with it of its data and training is its metadata,
 * by the names of the zip's entries ({@code classes}, {@code columns}, {@code normalisation},
 * {@code model} …), each as JSON.
 *
 * @param model what is to be written
 * @param notes what users should know of it, a line each
 */
public record OnnxExport(OnnxModel model, List<String> notes) {
  /** How much becomes part of the graph. */
  public enum Extent {
    /** The network alone, whose inputs are normalised. */
    NETWORK,
    /** What data becomes before, and what outputs mean: as predictions are. */
    WITH_PREPROCESSING
  }

  /**
   * Of a model that was saved.
   *
   * @param path as errors name it
   * @param shapes of an example's array for each input, where the user says it; none for that of
   *     the pictures that the model was trained on, or as its layers say
   * @throws ModelError naming the layer that has no ONNX form, or what is not known
   */
  public static OnnxExport of(
      ModelFile file, Path path, List<List<Integer>> shapes, Extent extent) {
    Optional<ImagePreprocessing> pictures = ModelInputs.pictures(file, path);
    Optional<Normalisation> normalisation = ModelInputs.normalisation(file, path);
    List<List<Integer>> known = shapes.isEmpty() ? shapes(file, path, pictures) : shapes;
    String version = OnnxExport.class.getPackage().getImplementationVersion();
    Optional<OnnxPreparation> preparation =
        extent == Extent.NETWORK
            ? Optional.empty()
            : Optional.of(
                preparation(
                    normalisation.orElseThrow(() -> unknown(path)), pictures, classes(file, path)));
    OnnxSettings settings =
        new OnnxSettings(known, preparation, file.texts(), version == null ? "" : version);
    OnnxModel model;
    try {
      model = OnnxModel.of(file.definition(), file.state().parameters(), settings);
    } catch (ModelError e) {
      throw new ModelError("%s: %s".formatted(path, e.getMessage()), e);
    }
    List<String> notes = new ArrayList<>();
    if (model.takesSequences()) {
      notes.add("all sequences of a minibatch have as many steps: the graph takes no masks");
    }
    normalisation.ifPresent(fitted -> notes.addAll(notes(fitted, extent)));
    if (extent == Extent.WITH_PREPROCESSING) {
      pictures.ifPresent(fit -> notes.add(note(fit)));
      if (ModelInputs.recipe(file, path).isPresent()) {
        notes.add("columns become features outside of the graph, as 'recipe' in its metadata says");
      }
    }
    return new OnnxExport(model, List.copyOf(notes));
  }

  /** Of pictures, or of the columns that a network with several inputs takes. */
  private static List<List<Integer>> shapes(
      ModelFile file, Path path, Optional<ImagePreprocessing> pictures) {
    int inputs = file.definition().inputs().size();
    return inputs == 1
        ? pictures.map(ImagePreprocessing::shape).stream().toList()
        : ModelInputs.recipe(file, path)
            .map(TableRecipe::inputWidths)
            .filter(widths -> widths.size() == inputs)
            .map(widths -> widths.stream().map(List::of).toList())
            .orElse(List.of());
  }

  private static ModelError unknown(Path path) {
    return new ModelError(
        path
            + ": does not say what data becomes before the network sees it: export the network"
            + " alone, or save the model with lockstep");
  }

  private static OnnxPreparation preparation(
      Normalisation normalisation, Optional<ImagePreprocessing> pictures, Classes classes) {
    return new OnnxPreparation(
        pictures.map(fit -> new Picture(fit.height(), fit.width(), fit.channels().count())),
        normalisation.offsets(),
        normalisation.factors(),
        normalisation.targets().stream().map(TargetScale::mean).toList(),
        normalisation.targets().stream().map(TargetScale::deviation).toList(),
        classes);
  }

  private static Classes classes(ModelFile file, Path path) {
    NetworkDefinition network = file.definition();
    if (NetworkShape.outputs(network) != 1) {
      return Classes.EACH;
    }
    NetworkShape shape =
        NetworkShape.of(network).naming(ModelInputs.classNames(file, path).orElse(List.of()));
    if (shape.task() != NetworkTask.CLASSIFICATION || shape.coding() == ClassCoding.ONE_HOT) {
      return Classes.EACH;
    }
    return shape.coding() == ClassCoding.ZERO_ONE ? Classes.ZERO_ONE : Classes.MINUS_PLUS;
  }

  private static List<String> notes(Normalisation normalisation, Extent extent) {
    if (extent == Extent.WITH_PREPROCESSING) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    boolean asItIs =
        normalisation.offsets().stream().allMatch(offset -> offset == 0)
            && normalisation.factors().stream().allMatch(factor -> factor == 1);
    if (!asItIs) {
      notes.add(
          "the graph takes values that are normalised, as 'normalisation' in its metadata says");
    }
    ModelInputs.standardisedTargets(normalisation)
        .ifPresent(line -> notes.add("the graph gives standardised targets, as the network does"));
    return notes;
  }

  private static String note(ImagePreprocessing fit) {
    return "pictures come as bytes of %d x %d, %s: how others are fitted is outside of the graph, as 'preprocessing' in its metadata says"
        .formatted(
            fit.height(),
            fit.width(),
            fit.channels().count() == 1 ? "grey" : "red, green and blue");
  }
}
