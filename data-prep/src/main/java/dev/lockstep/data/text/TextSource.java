package dev.lockstep.data.text;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Deal;
import dev.lockstep.data.Example;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Text in UTF-8 as sequences of characters, cut one after the other, each with the characters that
 * follow: features [symbols, steps], one-hot; the class of each step is the next character. Files
 * are cut each for itself; what is left at an end of one is left out. Opening reads all of it once,
 * in parallel, to count and to know the characters.
 */
public final class TextSource implements DataSource {

  /** A block, and how many characters it has. */
  private record Part(TextBlock block, long characters) implements java.io.Serializable {}

  private final TextSequences sequences;
  private final Alphabet alphabet;
  private final List<Part> parts;
  private final long count;
  private final List<String> notes;

  private TextSource(
      TextSequences sequences,
      Alphabet alphabet,
      List<Part> parts,
      long count,
      List<String> notes) {
    this.sequences = sequences;
    this.alphabet = alphabet;
    this.parts = parts;
    this.count = count;
    this.notes = notes;
  }

  /**
   * Opens text.
   *
   * @param location with the characters that a model knows as its classes, if there is one
   * @throws DataError if it is no UTF-8, or has not one whole sequence, or characters that the
   *     model does not know
   */
  public static DataSource open(
      JavaSparkContext spark, DataLocation location, DataFiles files, TextSequences sequences) {
    return open(spark, location, files, sequences, TextBlock.LENGTH);
  }

  static DataSource open(
      JavaSparkContext spark,
      DataLocation location,
      DataFiles files,
      TextSequences sequences,
      long blockLength) {
    if (location.classNames().isEmpty() && sequences.symbols() < 2) {
      throw new DataError(
          "%s: text needs a network of sequences that tells at least 2 characters apart, such as --network lstm"
              .formatted(DataFiles.name(location.data())));
    }
    Configuration hadoop = spark.hadoopConfiguration();
    List<TextBlock> blocks = TextBlock.of(files.files(), blockLength, hadoop);
    List<TextSurvey> surveys =
        blocks.isEmpty()
            ? List.of()
            : Transport.map(
                spark,
                blocks,
                blocks.size(),
                block -> TextSurvey.of(block, SparkHadoopUtil.get().conf()));
    Map<String, Long> lengths = new HashMap<>();
    Map<Integer, Long> counts = new HashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      lengths.merge(blocks.get(i).path(), surveys.get(i).characters(), Long::sum);
      surveys.get(i).counts().forEach((c, times) -> counts.merge(c, times, Long::sum));
    }
    String name = DataFiles.name(location.data());
    long characters = lengths.values().stream().mapToLong(Long::longValue).sum();
    long count =
        lengths.values().stream().mapToLong(length -> count(length, sequences.steps())).sum();
    if (count == 0) {
      throw new DataError(
          "%s: expected more than %d characters, as a sequence has, found %d: a smaller --sequence-length"
              .formatted(name, sequences.steps(), characters));
    }
    Alphabet alphabet =
        location
            .classNames()
            .map(Alphabet::new)
            .orElseGet(() -> Alphabet.of(counts, sequences.symbols()));
    alphabet.expect(counts.keySet(), name);
    return new TextSource(
        sequences,
        alphabet,
        parts(blocks, surveys, lengths, sequences.steps()),
        count,
        List.of(note(name, characters, counts, alphabet)));
  }

  /** How many sequences a file of so many characters has: the last needs one after it. */
  private static long count(long characters, int steps) {
    return Math.max(0, characters - 1) / steps;
  }

  /** The blocks, each with where it is in its file, and the number of its file's first sequence. */
  private static List<Part> parts(
      List<TextBlock> blocks, List<TextSurvey> surveys, Map<String, Long> lengths, int steps) {
    List<Part> parts = new ArrayList<>();
    long before = 0;
    long inFile = 0;
    long first = 0;
    for (int i = 0; i < blocks.size(); i++) {
      TextBlock block = blocks.get(i);
      if (block.from() == 0) {
        before += inFile;
        inFile = count(lengths.get(block.path()), steps);
        first = 0;
      }
      long characters = surveys.get(i).characters();
      parts.add(new Part(block.within(first, before, inFile), characters));
      first += characters;
    }
    return parts;
  }

  private static String note(
      String name, long characters, Map<Integer, Long> counts, Alphabet alphabet) {
    Map<Integer, Integer> own = alphabet.numbers();
    long rest =
        counts.entrySet().stream()
            .filter(each -> !own.containsKey(each.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    String line =
        String.format(
            Locale.ROOT, "%s: %,d characters, %,d different", name, characters, counts.size());
    return rest == 0
        ? line
        : String.format(
            Locale.ROOT,
            "%s, of which the network tells %,d apart: %,d characters are read as one, other",
            line,
            own.size(),
            rest);
  }

  @Override
  public Schema schema() {
    return new Schema(
        List.of(alphabet.names().size(), sequences.steps()),
        FeatureType.UINT8,
        alphabet.names(),
        0,
        List.of(),
        ClassCoding.EACH_STEP,
        false);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    return Deal.byId(scan(spark), partitions);
  }

  @Override
  public JavaRDD<Example> scan(JavaSparkContext spark) {
    int steps = sequences.steps();
    Alphabet known = alphabet;
    return Transport.parallelize(spark, parts, parts.size())
        .flatMap(
            part ->
                new TextReader(
                    part.block(), part.characters(), steps, known, SparkHadoopUtil.get().conf()));
  }

  /**
   * @throws DataError always: each example has characters of many classes
   */
  @Override
  public List<Long> classCounts(JavaSparkContext spark) {
    throw new DataError("characters of a text all count alike: leave out --class-weights");
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.of(sequences);
  }

  @Override
  public List<String> paths() {
    return parts.stream().map(part -> part.block().path()).distinct().toList();
  }

  @Override
  public List<String> notes() {
    return notes;
  }
}
