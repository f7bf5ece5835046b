package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.SparkExtension;
import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stages for Spark ML on pictures, through both of Spark's sources. */
@ExtendWith(SparkExtension.class)
class SparkMlPicturesTest {
  private static final int PICTURES = 24;
  private static final int SIDE = 8;

  @TempDir private static Path pictures;

  /** Bars: upright ones are class 0, lying ones class 1; grey, coloured and transparent. */
  @BeforeAll
  static void draw() throws IOException {
    for (int i = 0; i < PICTURES; i++) {
      int[] types = {
        BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB
      };
      BufferedImage image = new BufferedImage(SIDE, SIDE, types[i % 3]);
      for (int along = 0; along < SIDE; along++) {
        for (int across = 0; across < SIDE; across++) {
          int level = across == i / 2 % SIDE ? 0xff : 0x20;
          int x = i % 2 == 0 ? across : along;
          int y = i % 2 == 0 ? along : across;
          if (i % 3 == 0) {
            image.getRaster().setSample(x, y, 0, level);
          } else {
            image.setRGB(x, y, 0xff000000 | level * 0x010101);
          }
        }
      }
      Path file = pictures.resolve("label=%d/%02d.png".formatted(i % 2, i));
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    }
    Files.writeString(pictures.resolve("label=1/not.png"), "no picture");
  }

  private static Dataset<Row> rows(JavaSparkContext spark, String format) {
    SparkSession session = Frames.session(spark);
    return session.read().format(format).load(pictures.toString());
  }

  private static LockstepClassifier classifier(String column) {
    return new LockstepClassifier()
        .setFeaturesCol(column)
        .setImageWidth(SIDE)
        .setImageHeight(SIDE)
        .setHandleInvalid("skip")
        .setWorkers(2)
        .setBatchSize(4)
        .setEpochs(30)
        .setHiddenLayers(16)
        .setLearningRate(0.01);
  }

  @ParameterizedTest
  @CsvSource({"image, image", "binaryFile, content"})
  void both_sources_train_and_predict(String format, String column, JavaSparkContext spark) {
    Dataset<Row> rows = rows(spark, format);

    LockstepModel model = classifier(column).fit(rows);

    List<Row> right = model.transform(rows).where("prediction = label").collectAsList();
    assertThat(right).hasSize(PICTURES);
  }

  @Test
  void both_sources_give_the_same_predictions_to_the_bit(JavaSparkContext spark) {
    LockstepModel model = classifier("content").fit(rows(spark, "binaryFile"));

    Dataset<Row> files =
        model.transform(rows(spark, "binaryFile")).selectExpr("path as origin", "probability");
    Dataset<Row> images =
        model
            .setFeaturesCol("image")
            .transform(rows(spark, "image"))
            .selectExpr("image.origin", "probability");

    // The one source writes file:/, the other file:///.
    assertThat(ordered(images)).isEqualTo(ordered(files)).hasSize(PICTURES);
  }

  private static List<Row> ordered(Dataset<Row> rows) {
    return rows.withColumn("origin", functions.regexp_extract(functions.col("origin"), "[^/]*$", 0))
        .sort("origin")
        .collectAsList();
  }

  @Test
  void what_is_no_picture_is_kept_with_a_reason_or_ends_the_job(JavaSparkContext spark) {
    Dataset<Row> rows = rows(spark, "binaryFile");
    LockstepModel model = classifier("content").fit(rows);

    List<Row> kept =
        model
            .setHandleInvalid("keep")
            .transform(rows)
            .where("reason is not null")
            .select("prediction", "probability", "reason")
            .collectAsList();

    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).isNullAt(0)).isTrue();
    assertThat(kept.get(0).isNullAt(1)).isTrue();
    assertThat(kept.get(0).getString(2)).isEqualTo("is not a picture of a known format");
    assertThatThrownBy(() -> model.setHandleInvalid("error").transform(rows).collectAsList())
        .hasStackTraceContaining(
            "is not a picture of a known format: set handleInvalid to skip or keep to go on");
  }

  @Test
  void how_pictures_are_prepared_is_saved_with_the_model(
      @TempDir Path folder, JavaSparkContext spark) throws IOException {
    Dataset<Row> rows = rows(spark, "image");
    LockstepModel model = classifier("image").setImageInversion("yes").fit(rows);
    String path = folder.resolve("model").toString();

    model.save(path);

    assertThat(LockstepModel.load(path).transform(rows).collectAsList())
        .isEqualTo(model.transform(rows).collectAsList());
  }

  @Test
  void pictures_are_changed_while_they_are_trained_and_in_the_same_way_each_time(
      JavaSparkContext spark) {
    Dataset<Row> rows = rows(spark, "image").orderBy("image.origin").cache();
    LockstepClassifier classifier = classifier("image").setEpochs(1);

    LockstepModel plain = classifier.fit(rows);
    LockstepModel flipped = classifier.setAugment("flip").fit(rows);

    assertThat(flipped.state()).isNotEqualTo(plain.state());
    assertThat(classifier.fit(rows).state()).isEqualTo(flipped.state());
  }
}
