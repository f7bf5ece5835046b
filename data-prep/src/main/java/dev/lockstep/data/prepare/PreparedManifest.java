package dev.lockstep.data.prepare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataSummary;
import dev.lockstep.data.FeatureStatistics.Feature;
import dev.lockstep.data.Schema;
import dev.lockstep.data.WholeFiles;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.recipe.TableRecipe;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a prepared data set holds, and what it was made of: the file {@code manifest.json}, without
 * which a folder is no prepared data set.
 *
 * @param sources what was read
 * @param options what determines the files besides
 * @param recipe how columns of a table became the features; null if they are the features
 * @param pictures how pictures became the examples; null where there were none
 * @param labels what the columns of a table are called that are to be learnt; empty where they have
 *     no names
 */
public record PreparedManifest(
    PreparedFormat format,
    Schema schema,
    List<Part> parts,
    List<SourceFiles> sources,
    Map<String, String> options,
    @JsonInclude(Include.NON_NULL) TableRecipe recipe,
    @JsonInclude(Include.NON_NULL) ImagePreprocessing pictures,
    @JsonInclude(Include.NON_EMPTY) List<String> labels) {

  /** The manifest's name in the data set's folder. */
  public static final String FILE = "manifest.json";

  /** The only part of a data set that is not divided. */
  public static final String WHOLE = "all";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A part of the data set, in a folder of its name.
   *
   * @param rejected how many examples could not be read and were left out
   * @param classCounts examples of each class, by class number; empty for regression
   * @param features the range of each column, or of all values of pictures
   * @param targets the range of each regression target
   * @param hash of all examples, whatever their order
   * @param files all files of Parquet and IDX; none of pictures
   */
  public record Part(
      String name,
      long examples,
      long rejected,
      List<Long> classCounts,
      List<Range> features,
      List<Range> targets,
      String hash,
      List<PreparedFile> files) {

    /** What was seen of a part. */
    public static Part of(
        String name, DataSummary summary, long rejected, List<PreparedFile> files) {
      return new Part(
          name,
          summary.examples(),
          rejected,
          summary.classCounts(),
          summary.features().stream().map(Range::of).toList(),
          summary.targets().stream().map(Range::of).toList(),
          summary.hash(),
          files);
    }
  }

  /** The values of a feature. */
  public record Range(double min, double max, double mean, double deviation) {
    static Range of(Feature feature) {
      return new Range(feature.min(), feature.max(), feature.mean(), feature.deviation());
    }
  }

  public PreparedManifest {
    labels = labels == null ? List.of() : List.copyOf(labels); // JSON has none where none are
  }

  /** How many examples there are. */
  public long examples() {
    return parts.stream().mapToLong(Part::examples).sum();
  }

  /**
   * Reads the manifest of a folder.
   *
   * @return empty if there is none
   * @throws DataError if it is damaged
   */
  public static Optional<PreparedManifest> read(Path folder, Configuration hadoop) {
    if (!DataFiles.isFolder(folder, hadoop)) {
      return Optional.empty();
    }
    Path file = new Path(folder, FILE);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return Optional.of(JSON.readValue(in, PreparedManifest.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new DataError(
          "%s: not a manifest: %s"
              .formatted(DataFiles.name(file.toString()), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    }
  }

  void write(Path folder, Configuration hadoop) throws IOException {
    WholeFiles.write(new Path(folder, FILE), JSON.writeValueAsBytes(this), hadoop);
  }
}
