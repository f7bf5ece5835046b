package dev.lockstep.ml;

import dev.lockstep.data.DataError;
import dev.lockstep.table.Columns;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/**
 * Which rows are trained, and which are looked at.
 *
 * @param trained those with no truth in the indicator, where there is one
 * @param looked the others
 */
record ValidationRows(Dataset<?> trained, Optional<Dataset<?>> looked) {

  /**
   * @throws DataError if there are to be some to look at, and are none
   */
  static ValidationRows of(LockstepEstimator<?> params, Dataset<?> dataset) {
    if (!params.isSet(params.validationIndicatorCol())) {
      params
          .validationDataset()
          .ifPresent(given -> expectSome(given, "setValidationDataset: the table is empty"));
      return new ValidationRows(dataset, params.validationDataset());
    }
    String name = params.getOrDefault(params.validationIndicatorCol());
    Column looked = functions.coalesce(Columns.column(name), functions.lit(false));
    Dataset<?> validation = dataset.where(looked);
    expectSome(validation, "validationIndicatorCol: column %s is true in no row".formatted(name));
    return new ValidationRows(dataset.where(functions.not(looked)), Optional.of(validation));
  }

  private static void expectSome(Dataset<?> table, String otherwise) {
    if (table.isEmpty()) {
      throw new DataError(otherwise + ": there is nothing to validate on");
    }
  }
}
