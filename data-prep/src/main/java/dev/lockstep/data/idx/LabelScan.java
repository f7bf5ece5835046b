package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Transport;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * What label files have in them, which their heads do not say.
 *
 * @param labels the class numbers that occur
 * @param sorted whether examples of a class lie together, so that parts of the data that follow
 *     each other have other classes
 */
record LabelScan(BitSet labels, boolean sorted) {
  private static final int MAX_CLASSES = 100_000;

  /** Of fewer examples, chance alone may put many of a class together. */
  private static final int FEW = 100;

  /**
   * Of a file.
   *
   * @param counts by class number, how many there are
   * @param alike how many have the class of the one before
   */
  private record Found(int[] counts, int alike) implements Serializable {}

  /**
   * Reads all labels, one task a file.
   *
   * @throws DataError if there are none, or they can be no class numbers
   */
  static LabelScan of(JavaSparkContext spark, List<Shard> shards) {
    List<IdxFile> files = shards.stream().map(Shard::labels).toList();
    List<Found> all = Transport.map(spark, files, files.size(), LabelScan::found);
    BitSet labels = new BitSet();
    long[] counts = new long[all.stream().mapToInt(found -> found.counts().length).max().orElse(0)];
    for (Found found : all) {
      for (int label = 0; label < found.counts().length; label++) {
        counts[label] += found.counts()[label];
        labels.set(label, counts[label] > 0);
      }
    }
    if (labels.isEmpty()) {
      throw new DataError("%s: expected labels, found none".formatted(files.get(0).name()));
    }
    return new LabelScan(labels, isSorted(counts, all.stream().mapToLong(Found::alike).sum()));
  }

  /** Whether neighbours are alike more often than half way from chance to always. */
  private static boolean isSorted(long[] counts, long alike) {
    double examples = Arrays.stream(counts).sum();
    double byChance = 0;
    for (long count : counts) {
      byChance += count / examples * (count / examples);
    }
    return examples >= FEW && byChance < 1 && alike / examples > (1 + byChance) / 2;
  }

  private static Found found(IdxFile file) {
    Target.ClassNumber any = new Target.ClassNumber(0, MAX_CLASSES);
    int[] counts = new int[0];
    int alike = 0;
    int last = -1;
    try (ItemReader labels = file.items(0, SparkHadoopUtil.get().conf())) {
      for (int i = 0; i < file.header().items(); i++) {
        int label = (int) any.read(file, labels)[0];
        counts = label < counts.length ? counts : Arrays.copyOf(counts, label + 1);
        counts[label]++;
        alike += label == last ? 1 : 0;
        last = label;
      }
    }
    return new Found(counts, alike);
  }
}
