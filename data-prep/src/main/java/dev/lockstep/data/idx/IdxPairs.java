package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Which label file belongs to which data file, by their names: they are the same but for the words
 * images (data, features) and labels (targets), the number of dimensions, and {@code .gz}.
 */
final class IdxPairs {
  private static final Pattern LABELS = word("labels?|targets?");
  private static final String GZIP = ".gz";
  private static final Pattern DATA = word("images?|data|features?");

  private IdxPairs() {}

  /** Paths of a data file and of its labels. */
  record Pair(String data, String labels) {}

  private static Pattern word(String words) {
    return Pattern.compile("(?<![a-z])(?:" + words + ")(?![a-z])", Pattern.CASE_INSENSITIVE);
  }

  /**
   * Matches files, in the order of the data files' paths.
   *
   * @param files the data files, and maybe the label files
   * @param labels where the label files are; by default beside the data files
   * @throws DataError if a file has no counterpart, or more than one
   */
  static List<Pair> of(DataFiles files, Optional<String> labels, Configuration hadoop) {
    List<String> all = paths(files);
    List<String> labelFiles =
        labels.isPresent()
            ? preferring(IdxPairs::isLabels, paths(DataFiles.list(labels.get(), hadoop)))
            : besides(all, hadoop);
    List<String> dataFiles =
        preferring(
            path -> !isLabels(path),
            all.stream().filter(path -> labels.isEmpty() || !labelFiles.contains(path)).toList());
    if (labels.isPresent() && dataFiles.size() == 1 && labelFiles.size() == 1) {
      return List.of(new Pair(dataFiles.get(0), labelFiles.get(0)));
    }
    Map<String, String> byKey = byKey(labelFiles);
    List<Pair> pairs = new ArrayList<>();
    byKey(dataFiles).forEach((key, data) -> pairs.add(pair(data, byKey.remove(key))));
    byKey.values().stream()
        .filter(path -> labels.isPresent() || all.contains(path))
        .findFirst()
        .ifPresent(
            path -> {
              throw new DataError("%s: no data file of this name".formatted(DataFiles.name(path)));
            });
    return pairs;
  }

  private static Pair pair(String data, String labels) {
    if (labels == null) {
      throw new DataError(
          "%s: no labels of this name: say where they are by --labels"
              .formatted(DataFiles.name(data)));
    }
    return new Pair(data, labels);
  }

  private static List<String> besides(List<String> dataFiles, Configuration hadoop) {
    return dataFiles.stream()
        .map(path -> new Path(path).getParent().toString())
        .distinct()
        .flatMap(folder -> paths(DataFiles.list(folder, hadoop)).stream())
        .filter(IdxPairs::isLabels)
        .toList();
  }

  /** Without others that lie beside, and without a compressed file beside itself. */
  private static List<String> paths(DataFiles files) {
    List<String> paths =
        files.files().stream().map(FileStatus::getPath).map(Path::toString).toList();
    Set<String> all = Set.copyOf(paths);
    return preferring(path -> IdxFormat.isNamed(new Path(path).getName()), paths).stream()
        .filter(path -> !path.endsWith(GZIP) || !all.contains(path.substring(0, path.length() - 3)))
        .toList();
  }

  /** Those of a kind; all if there are none. */
  private static List<String> preferring(Predicate<String> kind, List<String> paths) {
    List<String> preferred = paths.stream().filter(kind).toList();
    return preferred.isEmpty() ? paths : preferred;
  }

  private static boolean isLabels(String path) {
    return LABELS.matcher(new Path(path).getName()).find();
  }

  /** Sorted, so that the order of examples is that of names. */
  private static Map<String, String> byKey(List<String> paths) {
    Map<String, String> byKey = new TreeMap<>();
    for (String path : paths) {
      String other = byKey.put(key(new Path(path).getName()), path);
      if (other != null) {
        throw new DataError(
            "%s: the same name as %s: which of the two?"
                .formatted(DataFiles.name(path), DataFiles.name(other)));
      }
    }
    return byKey;
  }

  private static String key(String name) {
    String key = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    key = LABELS.matcher(key).replaceAll("*");
    return DATA.matcher(key)
        .replaceAll("*")
        .replaceFirst("idx[1-4](?:[-.](?:ubyte|byte|short|int|float|double))?", "idx");
  }
}
