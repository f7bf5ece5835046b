package dev.lockstep.predict.plan;

import dev.lockstep.data.RowTable;
import dev.lockstep.data.RowTable.Part;
import dev.lockstep.data.RowTable.Rows;
import dev.lockstep.data.TableRow;
import dev.lockstep.predict.TableModel;
import dev.lockstep.predict.TablePrediction;
import dev.lockstep.predict.TablePredictor;
import dev.lockstep.predict.TableTally;
import dev.lockstep.predict.output.OutputColumn;
import dev.lockstep.predict.output.OutputColumn.Kind;
import dev.lockstep.predict.output.PartOutput;
import dev.lockstep.predict.output.PredictionOutput;
import dev.lockstep.table.NetworkTask;
import dev.lockstep.train.LabelCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Predicts a chunk of rows.
 *
 * @param top how many of the most probable classes to name
 */
record TableTask(RowTable table, TableModel model, int top)
    implements PredictionWork.Task<TableTally> {
  private static final String FILE = "file";
  private static final String LINE = "line";

  /** The columns of predictions: those that are kept, where the row is, what the model says. */
  static List<OutputColumn> columns(RowTable table, TableModel model) {
    List<OutputColumn> columns = new ArrayList<>();
    table.kept().stream().map(OutputColumn::of).forEach(columns::add);
    columns.add(OutputColumn.of(FILE, Kind.TEXT));
    columns.add(OutputColumn.ofVarious(LINE, Kind.WHOLE));
    switch (model.task()) {
      case CLASSIFICATION -> {
        columns.add(OutputColumn.ofOptional("label", Kind.TEXT));
        columns.add(OutputColumn.of("prediction", Kind.TEXT));
        columns.add(OutputColumn.ofVarious("probability", Kind.FLOAT));
        columns.add(OutputColumn.of("top", Kind.TEXTS));
        columns.add(OutputColumn.ofVarious("top_probabilities", Kind.FLOATS));
        columns.add(OutputColumn.ofVarious("probabilities", Kind.FLOATS));
      }
      case MULTI_LABEL ->
          model
              .targets()
              .forEach(
                  name -> {
                    columns.add(OutputColumn.of("predicted_" + name, Kind.INT));
                    columns.add(OutputColumn.ofVarious("probability_" + name, Kind.FLOAT));
                  });
      case REGRESSION ->
          model.targets().stream()
              .map(name -> OutputColumn.ofVarious("predicted_" + name, Kind.FLOAT))
              .forEach(columns::add);
    }
    columns.add(OutputColumn.of("model", Kind.TEXT));
    return columns;
  }

  /** Where the rows of a part are. */
  static PlanChunk chunk(Part part, int number) {
    return new PlanChunk(
        number, part.path(), part.from(), part.to() - part.from(), part.rows(), part.before());
  }

  private static Part part(PlanChunk chunk) {
    return new Part(
        chunk.file(),
        chunk.offset(),
        chunk.offset() + chunk.length(),
        chunk.examples(),
        chunk.before());
  }

  @Override
  public TableTally run(
      PlanChunk chunk, PredictionOutput output, int generation, Configuration hadoop)
      throws IOException {
    TableTally.Builder counted = new TableTally.Builder(model);
    PartOutput part =
        new PartOutput(
            output, generation, chunk.number(), columns(table, model), List.of(FILE, LINE), hadoop);
    try (part;
        Rows rows = table.read(part(chunk), hadoop)) {
      new TablePredictor(model, top).predict(chunk.file(), rows, new Both(counted, part));
    }
    part.commit();
    return counted.build();
  }

  private final class Both implements TablePredictor.Sink {
    private final TableTally.Builder counted;
    private final PartOutput part;

    Both(TableTally.Builder counted, PartOutput part) {
      this.counted = counted;
      this.part = part;
    }

    @Override
    public void predicted(TablePrediction prediction) throws IOException {
      counted.predicted(prediction);
      List<Object> values = new ArrayList<>(prediction.row().kept());
      values.add(prediction.file());
      values.add(prediction.row().number());
      if (model.task() == NetworkTask.CLASSIFICATION) {
        addClasses(prediction, values);
      } else {
        for (float number : prediction.output()) {
          if (model.task() == NetworkTask.MULTI_LABEL) {
            values.add(LabelCounts.isTold(number) ? 1 : 0);
          }
          values.add(number);
        }
      }
      values.add(model.id());
      part.predicted(values.toArray());
    }

    private void addClasses(TablePrediction prediction, List<Object> values) {
      int label = prediction.label();
      values.add(label == TablePrediction.UNLABELLED ? null : model.classes().get(label));
      values.add(model.classes().get(prediction.top()[0]));
      values.add(prediction.output()[prediction.top()[0]]);
      values.add(Arrays.stream(prediction.top()).mapToObj(model.classes()::get).toList());
      values.add(prediction.topProbabilities());
      values.add(prediction.output());
    }

    @Override
    public void quarantined(String file, TableRow row, String reason) throws IOException {
      counted.quarantined(file, row, reason);
      part.quarantined(file, row.number(), reason);
    }
  }
}
