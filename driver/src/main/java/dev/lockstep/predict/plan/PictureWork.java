package dev.lockstep.predict.plan;

import dev.lockstep.data.LocalFiles;
import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.listing.PictureListing;
import dev.lockstep.predict.listing.SortedPictures;
import dev.lockstep.predict.output.PredictionOutput;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import scala.Tuple2;

/** Pictures to be predicted, in chunks of about the same work. */
record PictureWork(
    JavaSparkContext spark,
    PredictionOutput output,
    PredictionRun.Request request,
    PictureListing listing)
    implements PredictionWork<PictureSettings, PictureTally> {
  /** Pictures in one file of a plan: what one task sorts. */
  private static final long PICTURES_A_FILE = 100_000;

  @Override
  public PictureSettings settings() {
    return PictureSettings.of(request, output.format());
  }

  @Override
  public PictureTally nothing() {
    return PictureTally.NONE;
  }

  @Override
  public void expectSame(PictureSettings earlier, String folder) {
    settings().expectSame(earlier, folder);
  }

  @Override
  public Task<PictureTally> task() {
    return new PictureTask(request.model(), request.top());
  }

  @Override
  public PredictionPlan<PictureSettings> plan(
      int generation, List<PredictionPlan<PictureSettings>> earlier) {
    JavaRDD<PictureFile> fresh =
        request.labels().label(spark, without(listing.pictures(), earlier));
    int files = (int) (listing.count() / PICTURES_A_FILE) + 1;
    long limit = listing.costOfTask();
    PredictionOutput to = output;
    List<PlanChunk> chunks =
        SortedPictures.of(fresh, files)
            .mapPartitions(pictures -> write(to, generation, pictures, limit))
            .collect();
    List<PlanChunk> numbered = new ArrayList<>();
    chunks.forEach(chunk -> numbered.add(chunk.numbered(numbered.size())));
    return new PredictionPlan<>(settings(), numbered, List.of());
  }

  private JavaRDD<PictureFile> without(
      JavaRDD<PictureFile> pictures, List<PredictionPlan<PictureSettings>> earlier) {
    if (earlier.isEmpty()) {
      return pictures;
    }
    List<PlanChunk> chunks = earlier.stream().flatMap(plan -> plan.chunks().stream()).toList();
    PredictionOutput to = output;
    JavaPairRDD<String, Boolean> known =
        spark
            .parallelize(chunks)
            .flatMap(chunk -> paths(to, chunk))
            .mapToPair(path -> new Tuple2<>(path, true));
    return pictures
        .mapToPair(picture -> new Tuple2<>(picture.path(), picture))
        .subtractByKey(known)
        .values();
  }

  private static Iterator<String> paths(PredictionOutput output, PlanChunk chunk) {
    return output.checked(
        () -> {
          List<String> paths = new ArrayList<>();
          try (PlanFile.Names names = PlanFile.read(chunk, hadoop())) {
            names.forEachRemaining(picture -> paths.add(picture.path()));
          }
          return paths.iterator();
        });
  }

  private static Iterator<PlanChunk> write(
      PredictionOutput output, int generation, Iterator<PictureFile> pictures, long limit) {
    if (!pictures.hasNext()) {
      return List.<PlanChunk>of().iterator();
    }
    // Another attempt of this task may write others; the plan names the file that counts.
    Path file = output.plan(generation, "paths-%s.json.gz".formatted(UUID.randomUUID()));
    return output.checked(() -> PlanFile.write(file, pictures, limit, hadoop()).iterator());
  }

  private static Configuration hadoop() {
    return LocalFiles.in(SparkHadoopUtil.get().conf());
  }
}
