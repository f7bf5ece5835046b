package dev.lockstep.data.image;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Parts of a data set of pictures: folders such as {@code train} and {@code test}, and in each of
 * them a folder for each class.
 *
 * @param folders by {@code train}, {@code validation} and {@code test}, as far as they are there
 */
public record PictureParts(Map<String, String> folders) {
  private static final Map<String, List<String>> NAMES = new LinkedHashMap<>();

  /** So many folders are looked into, of so many as there may be. */
  private static final int SAMPLE = 16;

  static {
    NAMES.put("train", List.of("train", "training"));
    NAMES.put("validation", List.of("validation", "val", "valid", "dev"));
    NAMES.put("test", List.of("test", "testing"));
  }

  /** The parts in a folder, if all that it has are such, and classes are below them. */
  public static Optional<PictureParts> find(String data, Configuration hadoop) {
    DataFiles root = DataFiles.list(data, hadoop);
    Map<String, String> found = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> part : NAMES.entrySet()) {
      for (FileStatus folder : root.folders()) {
        String name = folder.getPath().getName().toLowerCase(Locale.ROOT);
        if (part.getValue().contains(name) && hasFolders(folder.getPath(), hadoop)) {
          found.put(part.getKey(), DataFiles.name(folder.getPath().toString()));
        }
      }
    }
    return found.containsKey("train") && found.size() == root.folders().size()
        ? Optional.of(new PictureParts(found))
        : Optional.empty();
  }

  private static boolean hasFolders(Path folder, Configuration hadoop) {
    return children(folder, hadoop).stream().anyMatch(FileStatus::isDirectory);
  }

  /** How many pictures some of the folders have, which are two at least; 0 for others. */
  static long inFolders(DataFiles root) {
    long pictures = 0;
    int folders = 0;
    for (FileStatus folder : root.folders().stream().limit(SAMPLE).toList()) {
      long found = pictures(folder.getPath());
      pictures += found;
      folders += found > 0 ? 1 : 0;
    }
    return folders > 1 ? pictures : 0;
  }

  private static long pictures(Path folder) {
    List<FileStatus> children = children(folder, SparkHadoopUtil.get().conf());
    long pictures =
        children.stream().filter(c -> PictureNames.isPicture(c.getPath().getName())).count();
    return pictures > 0
        ? pictures
        : children.stream()
            .filter(FileStatus::isDirectory)
            .findFirst()
            .map(child -> pictures(child.getPath()))
            .orElse(0L);
  }

  private static List<FileStatus> children(Path folder, Configuration hadoop) {
    try {
      return List.of(folder.getFileSystem(hadoop).listStatus(folder, DataFiles::isShown));
    } catch (IOException e) {
      throw DataFiles.unreadable(folder.toString(), e);
    }
  }

  /** What users are told where the parts are read as such. */
  public String note() {
    return "%s are parts, with a folder for each class; one alone is said by --data %s%s"
        .formatted(
            String.join(" and ", folders.values()),
            folders.get("train"),
            folders.containsKey("test") ? " --test " + folders.get("test") : "");
  }

  DataError mustBeNamed() {
    return new DataError(
        "%s: is a part of the data, not a class: name one of %s"
            .formatted(folders.get("train"), String.join(", ", folders.values())));
  }
}
