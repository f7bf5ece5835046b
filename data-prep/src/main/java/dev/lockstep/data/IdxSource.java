package dev.lockstep.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Images and their labels in two IDX files. The driver reads heads only; each task reads the bytes
 * of its own range.
 */
public final class IdxSource implements DataSource {
  private final IdxFile images;
  private final IdxFile labels;
  private final int classes;
  private final int from;
  private final int to;

  private IdxSource(IdxFile images, IdxFile labels, int classes, int from, int to) {
    this.images = images;
    this.labels = labels;
    this.classes = classes;
    this.from = from;
    this.to = to;
  }

  /** A run of items that one task reads. */
  private record Range(IdxFile images, IdxFile labels, int classes, int from, int to)
      implements Serializable {}

  /**
   * All images of a file, which may be raw or gzipped.
   *
   * @param images path of an IDX file of 2 to 4 dimensions, on any Hadoop file system
   * @param labels path of an IDX file of 1 dimension
   * @param classes how many classes; labels are 0 to classes − 1
   * @throws DataError if a file is missing or malformed, or the two differ in number
   */
  public static IdxSource open(String images, String labels, int classes) {
    Configuration hadoop = SparkHadoopUtil.get().conf();
    IdxFile imageFile = IdxFile.open(images, hadoop);
    IdxFile labelFile = IdxFile.open(labels, hadoop);
    expectDimensions(imageFile, imageFile.header().itemShape().isEmpty(), "2 to 4");
    expectDimensions(labelFile, !labelFile.header().itemShape().isEmpty(), "1");
    int count = imageFile.header().items();
    if (labelFile.header().items() != count) {
      throw new DataError(
          "%s: offset 4: expected %d labels, one for each image of %s, found %d"
              .formatted(labelFile.name(), count, imageFile.name(), labelFile.header().items()));
    }
    return new IdxSource(imageFile, labelFile, classes, 0, count);
  }

  private static void expectDimensions(IdxFile file, boolean wrong, String expected) {
    if (wrong) {
      throw new DataError(
          "%s: offset 3: expected %s dimensions, found %d"
              .formatted(file.name(), expected, file.header().sizes().size()));
    }
  }

  /**
   * The examples numbered {@code first} to {@code end} − 1 of this source's file.
   *
   * @throws DataError if the file has fewer
   */
  public IdxSource range(int first, int end) {
    if (first < from || end < first || end > to) {
      throw new DataError(
          "%s: expected at least %d items, found %d"
              .formatted(images.name(), end, images.header().items()));
    }
    return new IdxSource(images, labels, classes, first, end);
  }

  @Override
  public Schema schema() {
    return Schema.classification(images.header().itemShape(), classes);
  }

  @Override
  public long count() {
    return to - from;
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    List<Range> ranges =
        IntStream.range(0, partitions)
            .mapToObj(
                i ->
                    new Range(
                        images,
                        labels,
                        classes,
                        boundary(i, partitions),
                        boundary(i + 1, partitions)))
            .toList();
    return spark.parallelize(ranges, partitions).flatMap(RangeReader::new);
  }

  private int boundary(int partition, int partitions) {
    return from + (int) ((long) (to - from) * partition / partitions);
  }

  /** Reads a range item by item. */
  private static final class RangeReader implements Iterator<Example> {
    private final Range range;
    private final IdxFile.Items images;
    private final IdxFile.Items labels;
    private int next;

    RangeReader(Range range) {
      this.range = range;
      Configuration hadoop = SparkHadoopUtil.get().conf();
      images = range.images().items(range.from(), hadoop);
      labels = range.labels().items(range.from(), hadoop);
      next = range.from();
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close());
    }

    @Override
    public boolean hasNext() {
      if (next == range.to() && next == range.images().header().items()) {
        images.expectEnd();
        labels.expectEnd();
      }
      return next < range.to();
    }

    @Override
    public Example next() {
      if (next >= range.to()) {
        throw new NoSuchElementException();
      }
      byte[] pixels = images.next();
      int label = labels.next()[0] & 0xff;
      if (label >= range.classes()) {
        throw new DataError(
            "%s: offset %d: expected a label from 0 to %d, found %d"
                .formatted(
                    range.labels().name(),
                    range.labels().header().bodyOffset() + next,
                    range.classes() - 1,
                    label));
      }
      return Example.image(next++, pixels, label);
    }

    private void close() {
      images.close();
      labels.close();
    }
  }
}
