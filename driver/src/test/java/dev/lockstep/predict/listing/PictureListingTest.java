package dev.lockstep.predict.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Few pictures are found here, many by jobs: the same, either way. */
@ExtendWith(SparkExtension.class)
class PictureListingTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"3, 2", "30, 2", "2, 700", "1, 1100"})
  void finds_each_picture_and_counts_what_it_passes_over(
      int folders, int pictures, JavaSparkContext spark) throws IOException {
    for (int f = 0; f < folders; f++) {
      Path below = Files.createDirectories(folder.resolve("a/%d/b".formatted(f)));
      for (int i = 0; i < pictures; i++) {
        Files.createFile(below.resolve(i + ".png"));
      }
      Files.createFile(below.resolve("notes.txt"));
      Files.createFile(below.resolve(".hidden.png"));
    }

    try (PictureListing listing = PictureListing.of(spark, List.of(folder.toString()))) {
      assertThat(listing.count()).isEqualTo((long) folders * pictures);
      assertThat(listing.pictures().map(picture -> picture.path()).distinct().count())
          .isEqualTo((long) folders * pictures);
      assertThat(listing.passedOver()).isEqualTo(folders);
    }
  }
}
