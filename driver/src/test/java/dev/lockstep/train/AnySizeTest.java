package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Points;
import dev.lockstep.data.Schema;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.chunk.ChunkFileWriter;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.memory.DataMemory;
import dev.lockstep.memory.MemoryError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.ParameterAveraging;
import dev.lockstep.strategy.SingleWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Examples that do not fit in memory are trained as exactly as those that do. */
@ExtendWith(SparkExtension.class)
class AnySizeTest {
  private static final int EXAMPLES = 500;

  /** A worker of two has 250 examples of 28 bytes, and may have about 36 in each of two windows. */
  private static final String LITTLE = "2k";

  private static final Points DATA =
      new Points(
          Schema.classification(List.of(4), Schema.FeatureType.FLOAT32, Schema.numbered(3)),
          IntStream.range(0, EXAMPLES).mapToObj(AnySizeTest::example).toList());

  @TempDir private Path folder;

  private static Example example(long id) {
    float[] features = new float[4];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) Math.sin(id * (i + 1));
    }
    return Example.point(id, features, id * 3 / EXAMPLES);
  }

  @AfterEach
  void asEver() {
    memory(SparkExtension.context(), null);
  }

  @Test
  void as_stored_the_bits_are_those_of_examples_in_memory(JavaSparkContext spark) {
    ModelState inMemory = training(spark).ordering(Ordering.AS_STORED).run().state();
    memory(spark, LITTLE);
    assertThat(training(spark).ordering(Ordering.AS_STORED).run().state()).isEqualTo(inMemory);
    assertThat(written()).as("files once runs have ended").isEmpty();
  }

  @Test
  void data_have_a_hash_wherever_they_are(JavaSparkContext spark) {
    Optional<String> inMemory = hash(spark);
    memory(spark, LITTLE);
    assertThat(hash(spark)).isPresent().isEqualTo(inMemory);
  }

  private static Optional<String> hash(JavaSparkContext spark) {
    try (PreparedRun prepared = training(spark).prepare()) {
      return prepared.dataHash();
    }
  }

  @Test
  void validation_and_evaluation_say_the_same(JavaSparkContext spark) {
    TrainedModel model = training(spark).run();
    Evaluation inMemory = model.evaluate(spark, DATA);
    memory(spark, LITTLE);
    Evaluation onDisk = model.evaluate(spark, DATA);
    assertThat(onDisk.examples()).isEqualTo(EXAMPLES);
    assertThat(((Evaluation.Classification) onDisk).confusion())
        .usingRecursiveComparison()
        .isEqualTo(((Evaluation.Classification) inMemory).confusion());
    training(spark).validate(DATA).run();
    assertThat(written()).isEmpty();
  }

  @Test
  void a_run_that_ended_in_the_middle_of_an_epoch_goes_on_whatever_memory_there_is(
      JavaSparkContext spark) {
    memory(spark, LITTLE);
    ModelState whole = training(spark).steps(300).run().state();
    training(spark).steps(61).checkpoints(folder).run();
    memory(spark, null);
    ModelState resumed = training(spark).steps(300).checkpoints(folder).resume().run().state();

    assertThat(resumed).isEqualTo(whole);
    assertThat(resumed)
        .as("another order than that of examples in memory")
        .isNotEqualTo(training(spark).steps(300).run().state());
  }

  @Test
  void a_run_with_all_in_memory_goes_on_so(JavaSparkContext spark) {
    ModelState whole = training(spark).steps(300).run().state();
    training(spark).steps(61).checkpoints(folder).run();
    memory(spark, LITTLE);
    assertThat(training(spark).steps(300).checkpoints(folder).resume().run().state())
        .isEqualTo(whole);
  }

  @Test
  void files_that_are_lost_are_written_again_to_the_same_bits(JavaSparkContext spark) {
    memory(spark, LITTLE);
    ModelState whole = training(spark).run().state();
    ModelState disturbed =
        training(spark)
            .listen(
                new RunListener() {
                  @Override
                  public void started(long from, long to) {
                    assertThat(written()).as("one file a worker").hasSize(2);
                    written().forEach(AnySizeTest::delete);
                  }
                })
            .run()
            .state();
    assertThat(disturbed).isEqualTo(whole);
  }

  @Test
  void one_process_trains_such_examples_too(JavaSparkContext spark) {
    memory(spark, LITTLE);
    Training one = training(spark).workers(1).strategy(new SingleWorker(7));
    ModelState alone = one.run().state();
    assertThat(training(spark).workers(1).strategy(ParameterAveraging.every(7)).run().state())
        .isEqualTo(alone);
  }

  @Test
  void prepared_chunks_are_trained_from_where_they_are(JavaSparkContext spark) throws IOException {
    Path file = folder.resolve("part-00000.chunks");
    try (ChunkFileWriter writer = new ChunkFileWriter(Files.newOutputStream(file), DATA.schema())) {
      for (Example example : DATA.examples()) {
        writer.write(example);
      }
    }
    DataSource stored = DataSources.open(spark, DataLocation.of(file.toString()));
    ModelState loaded = training(spark).data(stored).workers(1).run().state();
    memory(spark, LITTLE);
    RunListener nothingIsWritten =
        new RunListener() {
          @Override
          public void started(long from, long to) {
            assertThat(written()).isEmpty();
          }
        };
    Training training = training(spark).data(stored).workers(1).listen(nothingIsWritten);
    assertThat(training.run().state()).isEqualTo(training.run().state()).isNotEqualTo(loaded);
    assertThat(training.ordering(Ordering.AS_STORED).run().state())
        .as("in the order of the file")
        .isEqualTo(inOrder(spark, stored));
  }

  private static ModelState inOrder(JavaSparkContext spark, DataSource stored) {
    memory(spark, null);
    return training(spark).data(stored).workers(1).ordering(Ordering.AS_STORED).run().state();
  }

  @Test
  void data_that_has_grown_is_told(JavaSparkContext spark) {
    training(spark).steps(61).checkpoints(folder).run();
    Points fewer = new Points(DATA.schema(), DATA.examples().subList(0, 499));
    assertThatThrownBy(() -> training(spark).data(fewer).checkpoints(folder).resume().run())
        .isInstanceOf(CannotResume.class)
        .hasMessageStartingWith(
            "cannot resume: the data had 500 examples, and now has 499: to train its model on");
  }

  @Test
  void memory_that_there_is_not_is_refused(JavaSparkContext spark) {
    memory(spark, "100g");
    assertThatThrownBy(() -> training(spark).run())
        .isInstanceOf(MemoryError.class)
        .hasMessageStartingWith(
            "102,400 MB for the examples of a worker, and 2 workers: too large for the heap of");
    memory(spark, "much");
    assertThatThrownBy(() -> training(spark).run())
        .hasMessage("spark.lockstep.dataMemory: expected a size such as 256m, found 'much'");
  }

  private static Training training(JavaSparkContext spark) {
    return Training.of(spark, TutorialNetworks.softmax(4, 3, Optimizer.ADAM.updater(0.01), 5))
        .data(DATA)
        .workers(2)
        .minibatch(5)
        .epochs(3)
        .strategy(ParameterAveraging.every(4))
        .checkpointEvery(Cadence.steps(7));
  }

  /** As a program would set it before it starts Spark. */
  private static void memory(JavaSparkContext spark, String size) {
    SparkConf conf = spark.sc().conf();
    if (size == null) {
      conf.remove(DataMemory.SETTING);
    } else {
      conf.set(DataMemory.SETTING, size);
    }
  }

  /** Files of this process. */
  private static List<Path> written() {
    String own = "lockstep-chunks-%d-".formatted(ProcessHandle.current().pid());
    return Stream.of(Utils.getConfiguredLocalDirs(new SparkConf()))
        .flatMap(root -> list(Path.of(root)))
        .filter(child -> child.getFileName().toString().startsWith(own))
        .flatMap(AnySizeTest::list)
        .toList();
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
