package dev.lockstep.data.idx;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Deal;
import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Items and their labels in pairs of IDX files, numbered through in the order of the files' names.
 * The driver reads heads only; each task reads the bytes of its own range. A gzipped file cannot be
 * entered in its middle: {@link #scan} gives it to one task, and a partition of {@link #load} that
 * begins within it unpacks what comes before and passes over it.
 */
public final class IdxSource implements DataSource {
  private static final long SCAN_BYTES = 64L << 20;

  private final Schema schema;
  private final Target target;
  private final List<Shard> shards;
  private final long from;
  private final long to;
  private final List<String> notes;

  /** Whether examples of a class lie together, as far as their labels were looked at. */
  private final boolean sorted;

  private IdxSource(
      Schema schema,
      Target target,
      List<Shard> shards,
      long from,
      long to,
      List<String> notes,
      boolean sorted) {
    this.schema = schema;
    this.target = target;
    this.shards = shards;
    this.from = from;
    this.to = to;
    this.notes = notes;
    this.sorted = sorted;
  }

  /**
   * All images of a file, which may be raw or gzipped.
   *
   * @param images path of an IDX file, on any Hadoop file system
   * @param labels path of an IDX file of integers, of 1 dimension
   * @param classes how many classes; labels are 0 to classes − 1
   * @throws DataError if a file is missing or malformed, or the two differ in number
   */
  public static IdxSource open(String images, String labels, int classes) {
    Shard shard = Shard.open(new IdxPairs.Pair(images, labels), 0, SparkHadoopUtil.get().conf());
    Target.isClasses(shard.labels(), DataLocation.Task.CLASSIFICATION);
    return of(
        List.of(shard),
        Schema.numbered(classes),
        new Target.ClassNumber(0, classes),
        List.of(),
        false);
  }

  /** Files of one or more shards; where the location does not say the classes, reads all labels. */
  static IdxSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    Configuration hadoop = spark.hadoopConfiguration();
    IdxParts.expectOne(files);
    List<Shard> shards = new ArrayList<>();
    long count = 0;
    for (IdxPairs.Pair pair : IdxPairs.of(files, location.labels(), hadoop)) {
      Shard shard = Shard.open(pair, count, hadoop);
      shard.expectLike(shards.isEmpty() ? shard : shards.get(0));
      shards.add(shard);
      count = shard.end();
    }
    IdxFile labels = shards.get(0).labels();
    if (Target.isClasses(labels, location.task())) {
      return classes(spark, location, shards, notes(files, location));
    }
    IdxHeader header = shards.get(0).data().header();
    int targets = labels.header().itemLength() / labels.header().type().bytes();
    return new IdxSource(
        Schema.regression(header.featureShape(), header.type().featureType(), targets),
        new Target.Numbers(),
        shards,
        0,
        count,
        notes(files, location),
        false);
  }

  private static IdxSource classes(
      JavaSparkContext spark, DataLocation location, List<Shard> shards, List<String> notes) {
    int length = Target.oneHotLength(shards.get(0).labels());
    if (length > 0) {
      List<String> names = location.classNames().orElseGet(() -> Schema.numbered(length));
      if (names.size() != length) {
        throw new DataError(
            "%s: offset 8: expected rows of %d classes, found %d values"
                .formatted(shards.get(0).labels().name(), names.size(), length));
      }
      return of(shards, names, new Target.OneHot(length), notes, false);
    }
    if (location.classNames().isPresent()
        && !Numbering.mayBeginAtOne(location.classNames().get())) {
      List<String> names = location.classNames().get();
      return of(shards, names, new Target.ClassNumber(0, names.size()), notes, false);
    }
    LabelScan found = LabelScan.of(spark, shards);
    Numbering numbering = Numbering.of(shards, location.classNames(), found.labels());
    return of(
        shards,
        numbering.names(),
        new Target.ClassNumber(numbering.first(), numbering.names().size()),
        Stream.concat(notes.stream(), numbering.note().stream()).toList(),
        found.sorted());
  }

  /** EMNIST's files come with one that says which letters its numbers are. */
  private static List<String> notes(DataFiles files, DataLocation location) {
    return location.axes() == DataLocation.Axes.COLUMNS
        ? List.of()
        : files.files().stream()
            .map(file -> file.getPath().getName())
            .filter(name -> name.endsWith("-mapping.txt"))
            .map(
                name ->
                    "%s lies beside: pictures of EMNIST are stored with rows and columns exchanged, --transposed turns them upright"
                        .formatted(name))
            .toList();
  }

  private static IdxSource of(
      List<Shard> shards,
      List<String> classNames,
      Target target,
      List<String> notes,
      boolean sorted) {
    IdxHeader header = shards.get(0).data().header();
    return new IdxSource(
        Schema.classification(header.featureShape(), header.type().featureType(), classNames),
        target,
        shards,
        0,
        shards.get(shards.size() - 1).end(),
        notes,
        sorted);
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  /**
   * The examples numbered {@code first} to {@code end} − 1 of this source.
   *
   * @throws DataError if it has fewer
   */
  public IdxSource range(long first, long end) {
    if (first < from || end < first || end > to) {
      throw new DataError(
          "%s: expected at least %d items, found %d"
              .formatted(shards.get(0).data().name(), end, shards.get(shards.size() - 1).end()));
    }
    return new IdxSource(schema, target, shards, first, end, notes, sorted);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long count() {
    return to - from;
  }

  /** Parts that follow each other; of data that is sorted by class, dealt by its numbers. */
  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    if (sorted && partitions > 1) {
      return Deal.byId(scan(spark), partitions);
    }
    return read(
        spark,
        IntStream.range(0, partitions)
            .mapToObj(i -> Slice.of(shards, boundary(i, partitions), boundary(i + 1, partitions)))
            .toList());
  }

  private long boundary(int partition, int partitions) {
    return from
        + (to - from) / partitions * partition
        + (to - from) % partitions * partition / partitions;
  }

  @Override
  public JavaRDD<Example> scan(JavaSparkContext spark) {
    List<List<Slice>> slices =
        Slice.of(shards, from, to).stream()
            .flatMap(slice -> slice.split(SCAN_BYTES))
            .map(List::of)
            .toList();
    return read(spark, slices);
  }

  @Override
  public List<String> paths() {
    return shards.stream()
        .flatMap(shard -> Stream.of(shard.data().path(), shard.labels().path()))
        .toList();
  }

  private JavaRDD<Example> read(JavaSparkContext spark, List<List<Slice>> partitions) {
    Target meaning = target;
    return Transport.parallelize(spark, partitions, Math.max(1, partitions.size()))
        .flatMap(List::iterator)
        .flatMap(slice -> new SliceReader(slice, meaning));
  }
}
