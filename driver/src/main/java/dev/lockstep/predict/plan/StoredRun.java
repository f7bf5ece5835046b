package dev.lockstep.predict.plan;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.LocalFiles;
import dev.lockstep.predict.PredictError;
import dev.lockstep.predict.PredictionProgress;
import dev.lockstep.predict.PredictionTally;
import dev.lockstep.predict.output.PredictionOutput;
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
 * there it does not do again: an unfinished plan it finishes, and examples that no plan has yet are
 * a plan of their own.
 */
final class StoredRun<S, T extends PredictionTally<T>> {
  private final JavaSparkContext spark;
  private final PredictionWork<S, T> work;
  private final PredictionOutput output;
  private final PredictionProgress progress;
  private final Configuration hadoop;
  private final List<PredictionPlan<S>> plans;
  private Manifest<S, T> manifest;

  private StoredRun(
      JavaSparkContext spark,
      PredictionWork<S, T> work,
      PredictionOutput output,
      PredictionProgress progress) {
    this.spark = spark;
    this.work = work;
    this.output = output;
    this.progress = progress;
    hadoop = LocalFiles.in(spark.hadoopConfiguration());
    plans = new ArrayList<>();
  }

  /**
   * Reads what earlier runs have left.
   *
   * @throws PredictError if the output cannot be written
   * @throws DataError if it was made otherwise
   */
  static <S, T extends PredictionTally<T>> StoredRun<S, T> open(
      JavaSparkContext spark,
      PredictionWork<S, T> work,
      PredictionOutput output,
      PredictionProgress progress) {
    StoredRun<S, T> run = new StoredRun<>(spark, work, output, progress);
    output.prepare(run.hadoop);
    run.readManifest();
    run.readPlans();
    return run;
  }

  private void readManifest() {
    manifest =
        output
            .<Manifest<S, T>>read(
                output.manifest(),
                hadoop,
                Manifest.class,
                work.settings().getClass(),
                work.nothing().getClass())
            .orElseGet(() -> Manifest.empty(work));
    work.expectSame(manifest.settings(), DataFiles.name(output.folder()));
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
      Optional<PredictionPlan<S>> plan =
          output.read(path, hadoop, PredictionPlan.class, work.settings().getClass());
      if (plan.isEmpty() && run < manifest.nextGeneration()) {
        throw isMissing(path);
      }
      plan.ifPresent(found -> work.expectSame(found.settings(), DataFiles.name(output.folder())));
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

  /**
   * What the output holds now.
   *
   * @param before how many of its examples an earlier run has done
   */
  record Result<T>(T tally, long before) {}

  Result<T> run() {
    long before = manifest.tally().examples();
    if (plans.size() == manifest.nextGeneration()) {
      PredictionPlan<S> unfinished = plans.get(plans.size() - 1);
      work.expectUnchanged(unfinished);
      before += finish(unfinished).before();
    }
    int generation = manifest.nextGeneration();
    output.delete(output.plan(generation, ""), hadoop);
    PredictionPlan<S> plan = work.plan(generation, plans);
    if (!plan.chunks().isEmpty()) {
      output.write(output.plan(generation, "plan.json"), plan, hadoop);
      finish(plan);
    }
    return new Result<>(manifest.tally(), before);
  }

  private PlanRunner.Result<T> finish(PredictionPlan<S> plan) {
    int generation = manifest.nextGeneration();
    PlanRunner.Result<T> result =
        new PlanRunner<>(spark, work, output, generation, progress).run(plan, hadoop);
    manifest = manifest.with(plan, result.tally());
    output.write(output.manifest(), manifest, hadoop);
    output.delete(output.plan(generation, "done"), hadoop);
    output.delete(output.plan(generation, "tmp"), hadoop);
    return result;
  }
}
