package dev.lockstep.data.prepare;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Points;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.prepare.PreparationOptions.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Data to prepare, and how. */
record Prepared(PreparedFormat format, int shards, Order order, long seed, Optional<Split> split) {
  static final Prepared PLAIN =
      new Prepared(PreparedFormat.PARQUET, 2, Order.AS_STORED, 1, Optional.empty());

  Prepared as(PreparedFormat other) {
    return new Prepared(other, shards, order, seed, split);
  }

  Prepared shards(int count) {
    return new Prepared(format, count, order, seed, split);
  }

  Prepared shuffled(long newSeed) {
    return new Prepared(format, shards, Order.SHUFFLED, newSeed, split);
  }

  Prepared split(Split newSplit) {
    return new Prepared(format, shards, order, seed, Optional.of(newSplit));
  }

  /** Prepares data that says it comes from some files. */
  Preparation.Result run(DataSource data, List<Path> sources, Path to) {
    return run(data, sources, to.toString());
  }

  /** Prepares data into a folder of any file system. */
  Preparation.Result run(DataSource data, List<Path> sources, String to) {
    PreparationOptions options =
        new PreparationOptions(format, OptionalInt.of(shards), order, seed, split);
    return new Preparation(
            List.of(new Preparation.Input(PreparedManifest.WHOLE, data)),
            sources.stream().map(Path::toString).toList(),
            options,
            Map.of())
        .run(SparkExtension.context(), to);
  }

  PreparedManifest run(DataSource data, Path to) {
    return run(data, List.of(), to).manifest();
  }

  /** Pictures of random grey levels, of three classes whose names are in no order. */
  static DataSource pictures(int count, long seed) {
    Random random = new Random(seed);
    List<Example> examples = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      byte[] pixels = new byte[6];
      random.nextBytes(pixels);
      examples.add(Example.image(id, pixels, random.nextInt(3)));
    }
    Schema schema =
        Schema.classification(List.of(2, 3), Schema.FeatureType.UINT8, List.of("cat", "ant", "10"));
    return new Points(schema, examples);
  }

  /** Rows of four numbers, and two to be predicted. */
  static DataSource rows(int count, long seed) {
    Random random = new Random(seed);
    List<Example> examples = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      float[] row = new float[4];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
      examples.add(Example.point(id, row, random.nextFloat(), -id));
    }
    return new Points(Schema.regression(4, 2), examples);
  }

  /** The SHA-256 of each file in a folder, by its name there. */
  static Map<String, String> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      Map<String, String> sums = new TreeMap<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        sums.put(
            folder.relativize(file).toString(), DigestUtils.sha256Hex(Files.readAllBytes(file)));
      }
      return sums;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
