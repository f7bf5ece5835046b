package dev.lockstep.predict.plan;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.RowTable.Part;
import dev.lockstep.predict.TableTally;
import dev.lockstep.predict.output.OutputFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Rows to be predicted, in the parts that tables are read in. */
record TableWork(TableRun.Request request, OutputFormat format, Configuration hadoop)
    implements PredictionWork<TableSettings, TableTally> {

  @Override
  public TableSettings settings() {
    return TableSettings.of(request, format);
  }

  @Override
  public TableTally nothing() {
    return TableTally.NONE;
  }

  @Override
  public void expectSame(TableSettings earlier, String folder) {
    settings().expectSame(earlier, folder);
  }

  @Override
  public Task<TableTally> task() {
    return new TableTask(request.table(), request.model(), request.top());
  }

  /**
   * Plans the files that no plan has.
   *
   * @throws DataError if one that a plan has is another by now
   */
  @Override
  public PredictionPlan<TableSettings> plan(
      int generation, List<PredictionPlan<TableSettings>> earlier) {
    Map<String, PlannedFile> known = new HashMap<>();
    earlier.forEach(plan -> plan.files().forEach(file -> known.put(file.path(), file)));
    List<PlannedFile> files = new ArrayList<>();
    List<PlanChunk> chunks = new ArrayList<>();
    Map<String, PlannedFile> now = new HashMap<>();
    for (Part part : request.table().parts()) {
      PlannedFile file = now.computeIfAbsent(part.path(), path -> PlannedFile.of(path, hadoop));
      PlannedFile before = known.get(part.path());
      if (before == null) {
        chunks.add(TableTask.chunk(part, chunks.size()));
        if (files.isEmpty() || !files.get(files.size() - 1).equals(file)) {
          files.add(file);
        }
      } else {
        expectSame(before, file);
      }
    }
    return new PredictionPlan<>(settings(), chunks, files);
  }

  /** Complains of files that have changed since they were planned. */
  @Override
  public void expectUnchanged(PredictionPlan<TableSettings> plan) {
    plan.files().forEach(file -> expectSame(file, PlannedFile.of(file.path(), hadoop)));
  }

  private static void expectSame(PlannedFile before, PlannedFile now) {
    if (!before.equals(now)) {
      throw new DataError(
          "%s: has changed since its rows were predicted: choose another --out"
              .formatted(DataFiles.name(now.path())));
    }
  }
}
