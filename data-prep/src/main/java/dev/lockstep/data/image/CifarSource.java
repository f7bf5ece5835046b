package dev.lockstep.data.image;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Locations;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * CIFAR's own binary files, numbered through in the order of their names. Each task reads its
 * range. Features: uint8 [3, 32, 32].
 */
final class CifarSource implements DataSource {
  private static final int[] CLASSES = {10, 100};
  private static final List<String> NAMES = List.of("batches.meta.txt", "fine_label_names.txt");

  private final List<CifarFile> files;
  private final Schema schema;
  private final int[] numbers;

  private CifarSource(List<CifarFile> files, Schema schema, int[] numbers) {
    this.files = files;
    this.schema = schema;
    this.numbers = numbers;
  }

  static CifarSource open(DataLocation location, List<FileStatus> found, Configuration hadoop) {
    List<CifarFile> files = new ArrayList<>();
    long first = 0;
    for (FileStatus status : found) {
      CifarFile file = CifarFile.of(status, first);
      if (!files.isEmpty() && file.labels() != files.get(0).labels()) {
        throw new DataError(
            "%s: expected records as in %s, found those of another data set"
                .formatted(DataFiles.name(file.path()), DataFiles.name(files.get(0).path())));
      }
      files.add(file);
      first = file.end();
    }
    List<String> own = names(files.get(0), hadoop);
    ClassNumbers known = ClassNumbers.of(location.classNames(), own);
    List<String> names = location.classNames().isPresent() ? known.names() : own;
    int[] numbers =
        own.stream().mapToInt(name -> number(names, name, files.get(0).path())).toArray();
    List<Integer> shape = List.of(3, CifarFile.SIDE, CifarFile.SIDE);
    return new CifarSource(
        files, Schema.classification(shape, Schema.FeatureType.UINT8, names), numbers);
  }

  private static int number(List<String> names, String name, String path) {
    int number = names.indexOf(name);
    if (number < 0) {
      throw new DataError(
          "%s: has a class '%s', which the model does not know"
              .formatted(DataFiles.name(path), name));
    }
    return number;
  }

  /** From the file that comes with the data; numbers without it. */
  private static List<String> names(CifarFile file, Configuration hadoop) {
    int classes = CLASSES[file.labels() - 1];
    Path names = new Path(new Path(file.path()).getParent(), NAMES.get(file.labels() - 1));
    try {
      if (!names.getFileSystem(hadoop).exists(names)) {
        return Schema.numbered(classes);
      }
      try (InputStream in = Locations.open(names, hadoop)) {
        List<String> lines =
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() != classes) {
          throw new DataError(
              "%s: expected %d names of classes, found %d"
                  .formatted(DataFiles.name(names.toString()), classes, lines.size()));
        }
        return lines;
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(names.toString(), e);
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long count() {
    return files.get(files.size() - 1).end();
  }

  @Override
  public List<String> paths() {
    return files.stream().map(CifarFile::path).toList();
  }

  /** Records of one file that follow each other. */
  private record Range(CifarFile file, long from, long to) implements Serializable {}

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    int[] classes = numbers;
    List<List<Range>> ranges =
        IntStream.range(0, partitions)
            .mapToObj(i -> ranges(count() * i / partitions, count() * (i + 1) / partitions))
            .toList();
    return Transport.parallelize(spark, ranges, partitions)
        .flatMap(List::iterator)
        .flatMap(range -> range.file().read(range.from(), range.to(), classes));
  }

  private List<Range> ranges(long from, long to) {
    List<Range> ranges = new ArrayList<>();
    for (CifarFile file : files) {
      long first = Math.max(from, file.first());
      long end = Math.min(to, file.end());
      if (first < end) {
        ranges.add(new Range(file, first, end));
      }
    }
    return ranges;
  }
}
