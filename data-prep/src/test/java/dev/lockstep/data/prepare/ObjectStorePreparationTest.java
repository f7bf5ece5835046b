package dev.lockstep.data.prepare;

import static dev.lockstep.data.prepare.Prepared.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.DataSummary;
import dev.lockstep.data.ObjectStore;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.data.prepare.Preparation.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data sets prepared into an object store, whose renames are copies that may be cut. */
@ExtendWith(SparkExtension.class)
class ObjectStorePreparationTest {
  private static final DataSource PICTURES = Prepared.pictures(50, 3);
  private static final long PLENTY = 1L << 40;
  private static final int CUTS = 7;

  @TempDir private Path folder;

  @AfterEach
  void restart() {
    ObjectStore.restart();
  }

  @ParameterizedTest
  @EnumSource(PreparedFormat.class)
  void wherever_the_process_ends_readers_refuse_and_the_next_makes_the_same(PreparedFormat format) {
    Prepared how = PLAIN.as(format);
    ObjectStore.endAfter(PLENTY);
    Map<String, String> whole = run(how, "whole");
    long written = PLENTY - ObjectStore.restart();
    assertThat(hash("whole")).isEqualTo(hash(PICTURES));

    for (int cut = 0; cut < CUTS; cut++) {
      String name = "cut-" + cut;
      ObjectStore.endAfter(written * cut / CUTS);
      assertThatThrownBy(() -> run(how, name)).as("cut %d", cut).isInstanceOf(Exception.class);
      assertThat(ObjectStore.restart()).as("bytes left").isNegative();

      if (Files.exists(folder.resolve(name).resolve("all"))) {
        for (String place : List.of(name, name + "/all")) {
          assertThatThrownBy(() -> hash(place))
              .isInstanceOf(DataError.class)
              .hasMessage(
                  "%s: lockstep prepare has not finished it: let it end, or run it again",
                  location(name));
        }
      }
      assertThat(run(how, name)).as("cut %d", cut).isEqualTo(whole);
      assertThat(hash(name)).isEqualTo(hash(PICTURES));
    }
  }

  private Map<String, String> run(Prepared how, String name) {
    Preparation.Result result = how.run(PICTURES, List.of(), location(name));
    assertThat(result.outcome()).isEqualTo(Outcome.WRITTEN);
    return Prepared.files(folder.resolve(name));
  }

  private String location(String name) {
    return "store:" + folder.resolve(name);
  }

  private String hash(String name) {
    return hash(DataSources.open(SparkExtension.context(), DataLocation.of(location(name))));
  }

  private static String hash(DataSource source) {
    JavaSparkContext spark = SparkExtension.context();
    return DataSummary.of(source.schema(), source.load(spark, 3)).hash();
  }
}
