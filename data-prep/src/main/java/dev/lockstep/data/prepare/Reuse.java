package dev.lockstep.data.prepare;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Whether what is to be prepared is in a folder already. */
record Reuse(Path folder, Configuration hadoop) {

  /**
   * Looks for the same data set.
   *
   * @param sources paths; read again only where they have changed on the outside
   * @return empty if nothing was prepared there
   * @throws DataError if something else was, or files are missing
   */
  Optional<PreparedManifest> find(
      JavaSparkContext spark, Map<String, String> options, List<String> sources) {
    if (Staging.isUnfinished(folder, hadoop)) {
      return Optional.empty();
    }
    Optional<PreparedManifest> found = PreparedManifest.read(folder, hadoop);
    found.ifPresent(
        manifest -> {
          expectSameOptions(manifest.options(), options);
          expectSameSources(spark, manifest.sources(), sources);
          PreparedFiles.expectComplete(folder, manifest, hadoop);
        });
    return found;
  }

  private void expectSameOptions(Map<String, String> there, Map<String, String> wanted) {
    TreeSet<String> names = new TreeSet<>(there.keySet());
    names.addAll(wanted.keySet());
    for (String name : names) {
      if (!Objects.equals(there.get(name), wanted.get(name))) {
        throw other(
            "was prepared with %s %s, not %s".formatted(name, there.get(name), wanted.get(name)));
      }
    }
  }

  private void expectSameSources(
      JavaSparkContext spark, List<SourceFiles> there, List<String> wanted) {
    if (there.size() != wanted.size()) {
      throw other(
          "was prepared from %d files or folders, not %d".formatted(there.size(), wanted.size()));
    }
    for (int i = 0; i < there.size(); i++) {
      SourceFiles before = there.get(i);
      String path = wanted.get(i);
      if (!SourceFiles.listed(path, hadoop).looksLike(before)
          && !SourceFiles.read(spark, path).sameContent(before)) {
        throw other("was prepared from other data than %s now is".formatted(DataFiles.name(path)));
      }
    }
  }

  private DataError other(String what) {
    return new DataError(
        "%s: %s: give another folder, or remove this one"
            .formatted(DataFiles.name(folder.toString()), what));
  }
}
