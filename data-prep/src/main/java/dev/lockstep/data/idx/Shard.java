package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * A data file and its labels.
 *
 * @param first the number of its first example within the whole
 */
record Shard(IdxFile data, IdxFile labels, long first) implements Serializable {

  /**
   * Opens both.
   *
   * @throws DataError if one is malformed, or they differ in number
   */
  static Shard open(IdxPairs.Pair pair, long first, Configuration hadoop) {
    IdxFile data = IdxFile.open(pair.data(), hadoop);
    IdxFile labels = IdxFile.open(pair.labels(), hadoop);
    if (data.header().itemShape().isEmpty() && !labels.header().itemShape().isEmpty()) {
      throw new DataError(
          "%s: offset 3: expected data, found 1 dimension: are data and labels exchanged?"
              .formatted(data.name()));
    }
    if (labels.header().items() != data.header().items()) {
      throw new DataError(
          "%s: offset 4: expected %d labels, one for each item of %s, found %d"
              .formatted(
                  labels.name(), data.header().items(), data.name(), labels.header().items()));
    }
    return new Shard(data, labels, first);
  }

  /** Makes sure that this goes together with others. */
  void expectLike(Shard other) {
    expectSame(data, other.data);
    expectSame(labels, other.labels);
  }

  private static void expectSame(IdxFile file, IdxFile like) {
    if (file.header().type() != like.header().type()
        || !file.header().itemShape().equals(like.header().itemShape())) {
      throw new DataError(
          "%s: expected items as in %s, %s %s, found %s %s"
              .formatted(
                  file.name(),
                  like.name(),
                  like.header().type(),
                  like.header().itemShape(),
                  file.header().type(),
                  file.header().itemShape()));
    }
  }

  /** The number of the first example after these. */
  long end() {
    return first + data.header().items();
  }
}
