package dev.lockstep.data.prepare;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;

/**
 * A split, with what each shard has to know of those before it.
 *
 * @param firstRanks by shard and stratum: how many examples of the stratum come before
 */
record Division(Split split, long[][] firstRanks) implements Serializable {

  /** Counts strata: one pass over the examples, of which labels and ids are looked at. */
  static Division of(
      Split split, DataSource source, JavaRDD<Example> examples, ShuffleOrder order) {
    int strata = split.strata(source.schema().classes());
    long[][] counts =
        examples
            .mapPartitions(
                part -> Collections.singleton(count(part, split, order, strata)).iterator())
            .reduce(Division::add);
    long[] before = new long[strata];
    for (long[] shard : counts) {
      for (int stratum = 0; stratum < strata; stratum++) {
        long count = shard[stratum];
        shard[stratum] = before[stratum];
        before[stratum] += count;
      }
    }
    return new Division(split, counts);
  }

  private static long[][] count(
      Iterator<Example> examples, Split split, ShuffleOrder order, int strata) {
    long[][] counts = new long[order.numPartitions()][strata];
    examples.forEachRemaining(
        example -> counts[order.partition(example)][split.stratum(example)]++);
    return counts;
  }

  private static long[][] add(long[][] sum, long[][] counts) {
    for (int shard = 0; shard < sum.length; shard++) {
      for (int stratum = 0; stratum < sum[shard].length; stratum++) {
        sum[shard][stratum] += counts[shard][stratum];
      }
    }
    return sum;
  }

  /** Divides a shard's examples, which have to come in their order. */
  Divider divider(int shard) {
    return new Divider(split, firstRanks[shard].clone());
  }

  /** Which part gets the next example. */
  static final class Divider {
    private final Split split;
    private final long[] ranks;

    Divider(Split split, long[] ranks) {
      this.split = split;
      this.ranks = ranks;
    }

    int part(Example example) {
      return split.part(ranks[split.stratum(example)]++);
    }
  }
}
