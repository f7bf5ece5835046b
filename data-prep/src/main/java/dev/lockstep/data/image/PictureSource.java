package dev.lockstep.data.image;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Faults;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Deal;
import dev.lockstep.data.Example;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.ReadCount;
import dev.lockstep.data.Reject;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Pictures, numbered by their paths. The driver knows their names; tasks read them. They are dealt
 * to partitions in turn, since those of one class lie together. Features: uint8 [height, width], or
 * in colour [3, height, width].
 */
final class PictureSource implements DataSource {
  private static final int SHOWN = 5;

  private final PictureList list;
  private final ImagePreprocessing preprocessing;
  private final Faults faults;
  private final Optional<String> lost;

  private PictureSource(
      PictureList list, ImagePreprocessing preprocessing, Faults faults, Optional<String> lost) {
    this.list = list;
    this.preprocessing = preprocessing;
    this.faults = faults;
    this.lost = lost;
  }

  static PictureSource open(JavaSparkContext spark, DataLocation location, PictureList list) {
    if (location.faults() == Faults.STRICT && !list.rejects().isEmpty()) {
      throw list.rejects().get(0).error();
    }
    PictureChoice choice = PictureChoice.of(location.pictures());
    Optional<Pixels> first =
        choice.isComplete() ? Optional.empty() : first(list, choice, spark.hadoopConfiguration());
    if (choice.size() == null && first.isEmpty()) {
      throw new DataError(
          "%s: expected pictures, found none that can be read"
              .formatted(DataFiles.name(location.data())));
    }
    return new PictureSource(list, choice.completed(first), location.faults(), choice.lost(first));
  }

  /** The first picture that can be read, of few where only its colours are of interest. */
  private static Optional<Pixels> first(
      PictureList list, PictureChoice choice, Configuration hadoop) {
    int most = choice.size() == null ? list.files().size() : SHOWN;
    for (LabelledPicture file : list.files().stream().limit(most).toList()) {
      try {
        return Optional.of(ImageDecoder.decode(file.content(hadoop), choice.looksAt()));
      } catch (UnreadableImage e) {
        // Not this one; it is told when all are read.
      } catch (OutOfMemoryError e) {
        throw PictureBytes.tooLarge(file.path(), e);
      }
    }
    return Optional.empty();
  }

  @Override
  public Schema schema() {
    return new Schema(preprocessing.shape(), FeatureType.UINT8, list.classNames(), list.targets());
  }

  @Override
  public long count() {
    return list.files().size() + list.rejects().size();
  }

  /** Without reading the pictures: what cannot be read is counted too. */
  @Override
  public List<Long> classCounts(JavaSparkContext spark) {
    long[] counts = new long[list.classNames().size()];
    if (counts.length > 0) {
      list.files().forEach(file -> counts[(int) file.target()[0]]++);
    }
    return Arrays.stream(counts).boxed().toList();
  }

  @Override
  public List<String> notes() {
    List<String> names = list.passedOver();
    List<String> notes = new ArrayList<>(lost.stream().toList());
    if (!names.isEmpty()) {
      notes.add(
          "passed over as no data: %s%s"
              .formatted(
                  String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))),
                  names.size() > SHOWN ? ", … (%d in all)".formatted(names.size()) : ""));
    }
    return notes;
  }

  @Override
  public List<String> paths() {
    return list.paths();
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(preprocessing);
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    PictureExamples reader = new PictureExamples(preprocessing, faults);
    return dealt(spark, partitions).flatMap(reader::examples);
  }

  @Override
  public Optional<JavaRDD<Examples>> undecoded(
      JavaSparkContext spark, int workers, ClassCoding coding) {
    Schema schema = schema().withCoding(coding);
    ImagePreprocessing read = preprocessing;
    Faults said = faults;
    return Optional.of(
        ReadCount.counted(dealt(spark, workers))
            .mapPartitions(
                dealt ->
                    List.<Examples>of(UndecodedPictures.of(schema, read, said, dealt)).iterator()));
  }

  @Override
  public JavaRDD<Reject> rejects(JavaSparkContext spark) {
    PictureExamples reader = new PictureExamples(preprocessing, faults);
    return Transport.parallelize(spark, list.rejects(), 1)
        .union(dealt(spark, spark.defaultParallelism()).flatMap(reader::rejects));
  }

  private JavaRDD<PictureExamples.Numbered> dealt(JavaSparkContext spark, int partitions) {
    List<PictureExamples.Numbered> numbered =
        IntStream.range(0, list.files().size())
            .mapToObj(i -> new PictureExamples.Numbered(i, list.files().get(i)))
            .toList();
    return Deal.of(spark, numbered, partitions);
  }
}
