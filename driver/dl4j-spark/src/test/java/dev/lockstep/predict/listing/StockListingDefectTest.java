package dev.lockstep.predict.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.util.SparkUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class StockListingDefectTest {

  @Test
  void dl4j_tests_the_extension_of_the_folder_and_lockstep_of_the_file(
      @TempDir Path folder, JavaSparkContext spark) throws IOException {
    Path plain = mixed(folder.resolve("pictures"));
    Path named = mixed(folder.resolve("pictures.png"));

    assertThat(stock(spark, plain)).isEmpty();
    assertThat(stock(spark, named)).hasSize(2);
    assertThat(ours(spark, plain)).singleElement().asString().endsWith("pictures/a.png");
    assertThat(ours(spark, named)).singleElement().asString().endsWith("pictures.png/a.png");
  }

  private static Path mixed(Path folder) throws IOException {
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("a.png"));
    Files.createFile(folder.resolve("notes.txt"));
    return folder;
  }

  private static List<String> stock(JavaSparkContext spark, Path folder) throws IOException {
    return SparkUtils.listPaths(spark, folder.toString(), false, Set.of("png")).collect();
  }

  private static List<String> ours(JavaSparkContext spark, Path folder) throws IOException {
    List<Closeable> opened = new ArrayList<>();
    List<String> found = new ArrayList<>();
    new FolderToList(folder.toString(), List.of())
        .look(spark.hadoopConfiguration(), opened::add, () -> {})
        .forEachRemaining(entry -> found.add(entry.picture().path()));
    for (Closeable each : opened) {
      each.close();
    }
    return found;
  }
}
