package dev.lockstep.data.idx;

import java.io.Serializable;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Examples that follow each other in one shard.
 *
 * @param from number of the first within the shard
 * @param to one after the number of the last
 */
record Slice(Shard shard, int from, int to) implements Serializable {

  /**
   * What lies in a range of the whole.
   *
   * @param from number of the first example within the whole
   * @param to one after the number of the last
   */
  static List<Slice> of(List<Shard> shards, long from, long to) {
    return shards.stream()
        .filter(shard -> shard.first() < to && shard.end() > from)
        .map(
            shard ->
                new Slice(
                    shard,
                    (int) (Math.max(from, shard.first()) - shard.first()),
                    (int) (Math.min(to, shard.end()) - shard.first())))
        .toList();
  }

  /** In parts of about so many bytes that several tasks can read; whole if it is gzipped. */
  Stream<Slice> split(long bytes) {
    if (shard.data().gzipped()) {
      return Stream.of(this);
    }
    long step = Math.max(1, bytes / shard.data().header().itemLength());
    return LongStream.iterate(from, start -> start < to, start -> start + step)
        .mapToObj(start -> new Slice(shard, (int) start, (int) Math.min(to, start + step)));
  }

  /** Whether the shard's last example is among these. */
  boolean isLast() {
    return to == shard.data().header().items();
  }
}
