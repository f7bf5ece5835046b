package dev.lockstep.predict.plan;

import dev.lockstep.data.image.PictureNames;
import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PicturePredictor;
import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.PredictError;
import dev.lockstep.predict.PredictError.Problem;
import dev.lockstep.predict.PredictionProgress;
import dev.lockstep.predict.TallyBuilder;
import dev.lockstep.predict.listing.Labels;
import dev.lockstep.predict.listing.PictureListing;
import dev.lockstep.predict.listing.SortedPictures;
import dev.lockstep.predict.output.PredictionOutput;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.LongAccumulator;

/** Predicts all pictures at some places. */
public final class PredictionRun {
  private final JavaSparkContext spark;
  private final Request request;
  private final PredictionProgress progress;

  /**
   * What is wanted.
   *
   * @param images files, folders or globs, on any Hadoop file system
   * @param top how many of the most probable classes to name, at least 1
   * @param output where predictions go; empty if only what is told of them matters
   */
  public record Request(
      List<String> images,
      PictureModel model,
      int top,
      Labels labels,
      Optional<PredictionOutput> output) {

    /**
     * Places that all executors must see if they are to see the pictures: one file of each folder
     * that files are named of, folders, and of a glob the folder that it starts in.
     *
     * @throws PredictError if one is nothing, or a file of another kind
     */
    public List<String> places(Configuration hadoop) {
      return PictureListing.places(images, hadoop);
    }
  }

  /**
   * What came of it.
   *
   * @param tally of all that the output holds
   * @param before how many of these pictures an earlier run has done
   * @param passedOver how many files were found that are no pictures by their names
   */
  public record Outcome(PictureTally tally, long before, long passedOver) {}

  private PredictionRun(JavaSparkContext spark, Request request, PredictionProgress progress) {
    this.spark = spark;
    this.request = request;
    this.progress = progress;
  }

  /**
   * Runs.
   *
   * @throws PredictError if there are no pictures, or the output cannot be written
   * @throws dev.lockstep.data.DataError if a label is no class, or the output was made otherwise
   */
  public static Outcome execute(
      JavaSparkContext spark, Request request, PredictionProgress progress) {
    return new PredictionRun(spark, request, progress).run();
  }

  private Outcome run() {
    try (PictureListing listing = PictureListing.of(spark, request.images())) {
      Optional<StoredRun<PictureSettings, PictureTally>> stored =
          request
              .output()
              .map(
                  output ->
                      StoredRun.open(
                          spark,
                          new PictureWork(spark, output, request, listing),
                          output,
                          progress));
      if (listing.count() == 0 && stored.map(StoredRun::isNew).orElse(true)) {
        throw new PredictError(
            Problem.NO_PICTURES,
            "%s: no pictures found there%s"
                .formatted(
                    String.join(", ", request.images()),
                    listing.passedOver() == 0
                        ? ""
                        : ", only other files (%d): expected names that end in %s"
                            .formatted(listing.passedOver(), PictureNames.extensions())));
      }
      if (stored.isEmpty()) {
        return new Outcome(tally(listing), 0, listing.passedOver());
      }
      StoredRun.Result<PictureTally> result = stored.get().run();
      return new Outcome(result.tally(), result.before(), listing.passedOver());
    }
  }

  /** Keeps nothing but what is told. */
  private PictureTally tally(PictureListing listing) {
    JavaRDD<PictureFile> pictures =
        SortedPictures.of(request.labels().label(spark, listing.pictures()), listing.tasks());
    LongAccumulator counted = spark.sc().longAccumulator("examples done");
    Broadcast<PictureModel> model = spark.broadcast(request.model());
    int top = request.top();
    try {
      return new ProgressClock(progress, counted)
          .during(
              listing.count(),
              0,
              () ->
                  pictures
                      .mapPartitions(part -> count(part, model.value(), top, counted))
                      .fold(PictureTally.NONE, PictureTally::merge));
    } finally {
      model.destroy();
    }
  }

  private static Iterator<PictureTally> count(
      Iterator<PictureFile> pictures, PictureModel model, int top, LongAccumulator counted)
      throws IOException {
    TallyBuilder counts = new TallyBuilder(model.classes().size());
    new PicturePredictor(model, top, SparkHadoopUtil.get().conf()).predict(pictures, counts);
    PictureTally tally = counts.build();
    counted.add(tally.examples());
    return List.of(tally).iterator();
  }
}
