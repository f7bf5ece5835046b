package dev.lockstep.table;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Example;
import dev.lockstep.data.Values;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Reads rows of features, label and, where there are such, id and weight.
 *
 * @param ids whether rows have an id
 * @param weights whether they have a weight
 * @param invalid what becomes of rows that cannot be used
 */
record ExampleReader(
    FeatureReader features, LabelReader labels, boolean ids, boolean weights, InvalidRows invalid)
    implements Serializable {
  private static final int FEATURES = 0;
  private static final int LABEL = 1;
  private static final int ID = 2;

  /** The rows that can be used, with their ids, else with id 0. */
  Iterator<Example> readAll(Iterator<Row> rows) {
    Iterable<Row> once = () -> rows;
    return java.util.stream.StreamSupport.stream(once.spliterator(), false)
        .map(this::read)
        .flatMap(Optional::stream)
        .iterator();
  }

  private Optional<Example> read(Row row) {
    try {
      return Optional.of(
          new Example(
              ids ? id(row) : 0, new Values.Floats(features(row.get(FEATURES))), target(row)));
    } catch (InvalidRow e) {
      if (invalid == InvalidRows.ERROR) {
        throw new DataError(
            e.getMessage() + ": set handleInvalid to skip to leave such rows out", e);
      }
      return Optional.empty();
    }
  }

  private float[] target(Row row) throws InvalidRow {
    float[] target = labels.read(row.get(LABEL));
    if (!weights) {
      return target;
    }
    Object weight = row.get(row.length() - 1);
    float[] weighted = Arrays.copyOf(target, target.length + 1);
    weighted[target.length] = weight == null ? Float.NaN : ((Number) weight).floatValue();
    if (!(weighted[target.length] >= 0 && Float.isFinite(weighted[target.length]))) {
      throw new InvalidRow("expected a weight of at least 0, found " + weight);
    }
    return weighted;
  }

  private float[] features(Object value) throws InvalidRow {
    if (value == null) {
      throw new InvalidRow("the features are null");
    }
    float[] values = new float[features.length()];
    features.read(value, values, 0);
    return values;
  }

  private static long id(Row row) {
    if (row.isNullAt(ID)) {
      throw new DataError("idCol: expected a whole number in each row, found null");
    }
    return ((Number) row.get(ID)).longValue();
  }
}
