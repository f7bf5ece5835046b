package dev.lockstep.predict.plan;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.LocalFiles;
import dev.lockstep.predict.PredictError;
import dev.lockstep.predict.PredictionProgress;
import dev.lockstep.predict.listing.PictureListing;
import dev.lockstep.predict.output.PredictionOutput;
import dev.lockstep.predict.plan.PredictionRun.Outcome;
import dev.lockstep.predict.plan.PredictionRun.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Predictions into an output. First all that is to be done is written down, in chunks; then each
 * chunk is done and committed by itself; in the end the manifest is renewed. Whatever a run finds
 * there it does not do again: an unfinished plan it finishes, and pictures that no plan has yet are
 * a plan of their own.
 */
final class StoredRun {
  private final JavaSparkContext spark;
  private final Request request;
  private final PredictionOutput output;
  private final PredictionProgress progress;
  private final Configuration hadoop;
  private final PredictionSettings settings;
  private final List<PicturePlan> plans;
  private Manifest manifest;

  private StoredRun(
      JavaSparkContext spark,
      Request request,
      PredictionOutput output,
      PredictionProgress progress) {
    this.spark = spark;
    this.request = request;
    this.output = output;
    this.progress = progress;
    hadoop = LocalFiles.in(spark.hadoopConfiguration());
    settings = PredictionSettings.of(request, output.format());
    plans = new ArrayList<>();
  }

  /**
   * Reads what earlier runs have left.
   *
   * @throws PredictError if the output cannot be written
   * @throws DataError if it was made otherwise
   */
  static StoredRun open(
      JavaSparkContext spark,
      Request request,
      PredictionOutput output,
      PredictionProgress progress) {
    StoredRun run = new StoredRun(spark, request, output, progress);
    output.prepare(run.hadoop);
    run.readManifest();
    run.readPlans();
    return run;
  }

  private void readManifest() {
    manifest =
        output
            .read(output.manifest(), Manifest.class, hadoop)
            .orElseGet(() -> Manifest.empty(settings));
    settings.expectSame(manifest.settings(), DataFiles.name(output.folder()));
    Set<String> parts = output.names(output.path("predictions"), hadoop);
    for (int run = 1; run < manifest.nextGeneration(); run++) {
      for (int chunk = 0; chunk < manifest.runs().get(run - 1).parts(); chunk++) {
        Path part = output.predictions(run, chunk);
        if (!parts.contains(part.getName())) {
          throw isMissing(part);
        }
      }
    }
  }

  /** Of the runs that are in the manifest, and of one that was interrupted. */
  private void readPlans() {
    for (int run = 1; run <= manifest.nextGeneration(); run++) {
      Path path = output.plan(run, "plan.json");
      Optional<PicturePlan> plan = output.read(path, PicturePlan.class, hadoop);
      if (plan.isEmpty() && run < manifest.nextGeneration()) {
        throw isMissing(path);
      }
      plan.ifPresent(
          found -> settings.expectSame(found.settings(), DataFiles.name(output.folder())));
      plan.ifPresent(plans::add);
    }
  }

  private DataError isMissing(Path path) {
    return new DataError(
        "%s: is missing: delete %s and predict again"
            .formatted(path, DataFiles.name(output.folder())));
  }

  /** Whether no earlier run has left anything. */
  boolean isNew() {
    return plans.isEmpty();
  }

  Outcome run(PictureListing listing) {
    long before = manifest.tally().pictures();
    if (plans.size() == manifest.nextGeneration()) {
      before += finish(plans.get(plans.size() - 1)).before();
    }
    int generation = manifest.nextGeneration();
    output.delete(output.plan(generation, ""), hadoop);
    PicturePlan plan =
        new PlanMaker(spark, output, settings).make(generation, listing, request.labels(), plans);
    if (!plan.chunks().isEmpty()) {
      output.write(
          output.plan(generation, "plan.json"), output.temporary(generation), plan, hadoop);
      finish(plan);
    }
    return new Outcome(manifest.tally(), before, listing.passedOver());
  }

  private PlanRunner.Result finish(PicturePlan plan) {
    int generation = manifest.nextGeneration();
    PlanRunner.Result result =
        new PlanRunner(spark, output, generation, progress)
            .run(plan, request.model(), request.top(), hadoop);
    manifest = manifest.with(plan, result.tally());
    output.write(output.manifest(), output.temporary(generation), manifest, hadoop);
    output.delete(output.plan(generation, "done"), hadoop);
    output.delete(output.plan(generation, "tmp"), hadoop);
    return result;
  }
}
