package dev.lockstep.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.TargetScale;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.file.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What becomes of data before a model sees it, and what its outputs mean, as saved with the model.
 *
 * @param pictures how pictures come to the network's size, if they do
 * @param classNames by class number; empty for regression
 * @param columns what the features are called, in their order; empty where they have no names
 * @param recipe how columns of a table become features, if they are not the features as they are
 * @param labels what the columns of a table are called that are learnt; empty where they have no
 *     names
 */
public record ModelInputs(
    Normalisation normalisation,
    Optional<ImagePreprocessing> pictures,
    List<String> classNames,
    List<String> columns,
    Optional<TableRecipe> recipe,
    List<String> labels) {
  private static final String NORMALISATION = "normalisation.json";
  private static final String PREPROCESSING = "preprocessing.json";
  private static final String CLASSES = "classes.json";
  private static final String COLUMNS = "columns.json";
  private static final String RECIPE = "recipe.json";
  private static final String LABELS = "labels.json";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
          .build();

  /** In one line, what is to be known where targets are standardised. */
  public Optional<String> standardisedTargets() {
    return standardisedTargets(normalisation);
  }

  /** In one line, what is to be known where targets are standardised. */
  public static Optional<String> standardisedTargets(Normalisation normalisation) {
    List<TargetScale> targets = normalisation.targets();
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "targets are standardised (%s): losses are of standardised targets, predictions and"
                    .formatted(targets.size() == 1 ? described(targets.get(0)) : targets.size())
                + " their errors in the data's units");
  }

  private static String described(TargetScale target) {
    return String.format(
        Locale.ROOT, "mean %.6g, deviation %.6g", target.mean(), target.deviation());
  }

  /** What is learnt is called so; numbered where it has no names. */
  public List<String> labelNames(int count) {
    return labels.size() == count ? labels : Schema.numbered(count);
  }

  /** Entries of a model file. */
  public Map<String, byte[]> entries() {
    Map<String, byte[]> entries = new TreeMap<>();
    try {
      entries.put(NORMALISATION, JSON.writeValueAsBytes(normalisation));
      if (pictures.isPresent()) {
        entries.put(PREPROCESSING, JSON.writeValueAsBytes(pictures.get()));
      }
      if (!classNames.isEmpty()) {
        entries.put(CLASSES, JSON.writeValueAsBytes(classNames));
      }
      if (!columns.isEmpty()) {
        entries.put(COLUMNS, JSON.writeValueAsBytes(columns));
      }
      if (recipe.isPresent()) {
        entries.put(RECIPE, JSON.writeValueAsBytes(recipe.get()));
      }
      if (!labels.isEmpty()) {
        entries.put(LABELS, JSON.writeValueAsBytes(labels));
      }
    } catch (IOException e) {
      throw new IllegalStateException("this is always valid JSON", e);
    }
    return entries;
  }

  /** Whether a file has them: it is then one of Lockstep's, and names classes where it has such. */
  public static boolean isSaved(ModelFile file) {
    return file.extra(NORMALISATION) != null;
  }

  /**
   * How features are normalised; as usual, where the file does not say.
   *
   * @throws ModelError if what the file says cannot be read
   */
  public static Normalisation normalisation(ModelFile file, Path path, Schema schema) {
    Normalisation normalisation =
        normalisation(file, path).orElseGet(() -> Normalisation.usual(schema));
    normalisation.expectFits(schema);
    return normalisation;
  }

  /**
   * How features are normalised, where the file says it: as we save it, or else by the normalizer
   * that DL4J saved with the model.
   *
   * @throws ModelError if what the file says cannot be read, or cannot be done
   */
  public static Optional<Normalisation> normalisation(ModelFile file, Path path) {
    return read(file, path, NORMALISATION, Normalisation.class)
        .or(() -> file.normalizer().map(stored -> SavedNormalizer.normalisation(stored, path)));
  }

  /**
   * How pictures come to the network's size, where the file says it.
   *
   * @throws ModelError if what the file says cannot be read
   */
  public static Optional<ImagePreprocessing> pictures(ModelFile file, Path path) {
    return read(file, path, PREPROCESSING, ImagePreprocessing.class);
  }

  /**
   * How columns of a table become features, where the file says it.
   *
   * @throws ModelError if what the file says cannot be read
   */
  public static Optional<TableRecipe> recipe(ModelFile file, Path path) {
    return read(file, path, RECIPE, TableRecipe.class);
  }

  /**
   * What the classes are called, by number, where the file says it.
   *
   * @throws ModelError if what the file says cannot be read
   */
  public static Optional<List<String>> classNames(ModelFile file, Path path) {
    return read(file, path, CLASSES, String[].class).map(List::of);
  }

  /**
   * What the features are called, in their order; empty where the file does not say it.
   *
   * @throws ModelError if what the file says cannot be read
   */
  public static List<String> columns(ModelFile file, Path path) {
    return read(file, path, COLUMNS, String[].class).map(List::of).orElse(List.of());
  }

  /** What the classes are called, by number; their numbers, where the file does not say. */
  public static List<String> classNames(ModelFile file, Path path, int classes) {
    List<String> names = classNames(file, path).orElseGet(() -> Schema.numbered(classes));
    if (names.size() != classes) {
      throw new ModelError(
          "%s: %s: expected names of %d classes, found %d"
              .formatted(path, CLASSES, classes, names.size()));
    }
    return names;
  }

  /**
   * What the columns that were learnt are called; empty where the file does not say it.
   *
   * @throws ModelError if what the file says cannot be read
   */
  public static List<String> labels(ModelFile file, Path path) {
    return read(file, path, LABELS, String[].class).map(List::of).orElse(List.of());
  }

  private static <T> Optional<T> read(ModelFile file, Path path, String entry, Class<T> type) {
    byte[] json = file.extra(entry);
    if (json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(json, type));
    } catch (IOException e) {
      throw new ModelError("%s: %s: %s".formatted(path, entry, e.getMessage()));
    }
  }
}
