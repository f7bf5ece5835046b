package dev.lockstep.ml;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.DataError;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Normaliser;
import dev.lockstep.models.SharedNetwork;
import dev.lockstep.table.FeatureReader;
import dev.lockstep.table.InvalidRow;
import dev.lockstep.table.InvalidRows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Adds predictions to the rows of one partition, some at a time, in their order. */
final class RowPredictor implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final int[] from;
  private final FeatureReader reader;
  private final Normalisation normalisation;
  private final Normaliser normaliser;
  private final InvalidRows invalid;
  private final PredictionColumns columns;
  private final SharedNetwork network;
  private final ClassCoding coding;
  private final int outputs;
  private final int batch;
  private final float[] features;
  private final Queue<Row> ready = new ArrayDeque<>();

  /**
   * @param from number of the column of features; or of several, whose values are read as a row
   * @param coding how the network has classes, if it is a classifier
   * @param outputs values for a row: classes, or the outputs of a regression
   */
  RowPredictor(
      Iterator<Row> rows,
      int[] from,
      FeatureReader reader,
      Normalisation normalisation,
      InvalidRows invalid,
      PredictionColumns columns,
      SharedNetwork network,
      ClassCoding coding,
      int outputs) {
    this.rows = rows;
    this.from = from;
    this.reader = reader;
    this.normalisation = normalisation;
    normaliser = new Normaliser(normalisation);
    this.invalid = invalid;
    this.columns = columns;
    this.network = network;
    this.coding = coding;
    this.outputs = outputs;
    batch = SharedNetwork.batch(reader.length());
    features = new float[batch * reader.length()];
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      predictSome();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private Object value(Row row) throws InvalidRow {
    if (reader instanceof FeatureReader.Several) {
      return RowFactory.create(Arrays.stream(from).mapToObj(row::get).toArray());
    }
    if (row.isNullAt(from[0])) {
      throw new InvalidRow("the features are null");
    }
    return row.get(from[0]);
  }

  private void predictSome() {
    List<Row> taken = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    int valid = 0;
    while (rows.hasNext() && taken.size() < batch) {
      Row row = rows.next();
      try {
        reader.read(value(row), features, valid * reader.length());
        normaliser.apply(features, valid * reader.length(), features, valid, reader.length());
        valid++;
        reasons.add(null);
        taken.add(row);
      } catch (InvalidRow e) {
        if (invalid == InvalidRows.ERROR) {
          throw new DataError(
              "%s: set handleInvalid to skip or keep to go on".formatted(e.getMessage()), e);
        }
        if (invalid == InvalidRows.KEEP) {
          reasons.add(e.getMessage());
          taken.add(row);
        }
      }
    }
    float[] output =
        valid == 0 ? new float[0] : coding.probabilities(network.output(features, valid));
    normalisation.restoreTargets(output);
    int next = 0;
    for (int i = 0; i < taken.size(); i++) {
      if (reasons.get(i) != null) {
        ready.add(columns.appendInvalid(taken.get(i), reasons.get(i)));
      } else {
        float[] own = Arrays.copyOfRange(output, next * outputs, (next + 1) * outputs);
        ready.add(columns.append(taken.get(i), own));
        next++;
      }
    }
  }
}
