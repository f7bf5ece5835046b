package dev.lockstep.predict.plan;

import dev.lockstep.data.DataError;
import dev.lockstep.data.RowTable;
import dev.lockstep.data.RowTable.Part;
import dev.lockstep.data.RowTable.Rows;
import dev.lockstep.predict.PredictionProgress;
import dev.lockstep.predict.TableModel;
import dev.lockstep.predict.TablePredictor;
import dev.lockstep.predict.TableTally;
import dev.lockstep.predict.output.OutputColumn;
import dev.lockstep.predict.output.PredictionOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.LongAccumulator;

/** Predicts all rows of a table. */
public final class TableRun {
  private TableRun() {}

  /**
   * What is wanted.
   *
   * @param top how many of the most probable classes to name, at least 1
   * @param output where predictions go; empty if only what is told of them matters
   */
  public record Request(
      RowTable table, TableModel model, int top, Optional<PredictionOutput> output) {

    /**
     * Checks that the table suits the model.
     *
     * @throws DataError if it has too many label columns, or keeps one that is called as one of the
     *     predictions
     */
    public Request {
      int expected = model.classes().isEmpty() ? model.targets().size() : 1;
      if (!table.labels().isEmpty() && table.labels().size() != expected) {
        throw new DataError(
            "--labels: expected as many columns as the model predicts, %d, found %d (%s)"
                .formatted(expected, table.labels().size(), String.join(", ", table.labels())));
      }
      Set<String> names = new HashSet<>();
      for (OutputColumn column : TableTask.columns(table, model)) {
        if (!names.add(column.name())) {
          throw new DataError(
              "--keep: the column '%s' is called as one of the predictions: leave it out"
                  .formatted(column.name()));
        }
      }
    }
  }

  /**
   * What came of it.
   *
   * @param tally of all that the output holds
   * @param before how many of these rows an earlier run has done
   */
  public record Outcome(TableTally tally, long before) {}

  /**
   * Runs.
   *
   * @throws dev.lockstep.predict.PredictError if the output cannot be written
   * @throws DataError if the output was made otherwise, or of other files
   */
  public static Outcome execute(
      JavaSparkContext spark, Request request, PredictionProgress progress) {
    if (request.output().isEmpty()) {
      return new Outcome(tally(spark, request, progress), 0);
    }
    PredictionOutput output = request.output().get();
    TableWork work = new TableWork(request, output.format(), spark.hadoopConfiguration());
    StoredRun.Result<TableTally> result = StoredRun.open(spark, work, output, progress).run();
    return new Outcome(result.tally(), result.before());
  }

  /** Keeps nothing but what is told. */
  private static TableTally tally(
      JavaSparkContext spark, Request request, PredictionProgress progress) {
    List<Part> parts = request.table().parts();
    LongAccumulator counted = spark.sc().longAccumulator("examples done");
    Broadcast<TableTask> task =
        spark.broadcast(new TableTask(request.table(), request.model(), request.top()));
    try {
      return new ProgressClock(progress, counted)
          .during(
              parts.stream().mapToLong(Part::rows).sum(),
              0,
              () ->
                  spark
                      .parallelize(parts, parts.size())
                      .map(part -> count(part, task.value(), counted))
                      .fold(TableTally.NONE, TableTally::merge));
    } finally {
      task.destroy();
    }
  }

  private static TableTally count(Part part, TableTask task, LongAccumulator counted)
      throws IOException {
    TableTally.Builder counts = new TableTally.Builder(task.model());
    try (Rows rows = task.table().read(part, SparkHadoopUtil.get().conf())) {
      new TablePredictor(task.model(), task.top()).predict(part.path(), rows, counts);
    }
    TableTally tally = counts.build();
    counted.add(tally.examples());
    return tally;
  }
}
