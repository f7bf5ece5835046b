package dev.lockstep.predict;

import dev.lockstep.data.Normaliser;
import dev.lockstep.data.TableRow;
import dev.lockstep.data.TableRow.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Predicts rows, some at a time, in their order. */
public final class TablePredictor {
  /** Large enough for fast products, small enough for any heap. */
  private static final int BATCH = 256;

  private final TableModel model;
  private final int top;
  private final Normaliser normaliser;
  private final float[] features;
  private final List<TableRow> read = new ArrayList<>(BATCH);
  private final List<Integer> labels = new ArrayList<>(BATCH);

  /** What becomes of rows. */
  public interface Sink {
    void predicted(TablePrediction prediction) throws IOException;

    /** A row that cannot be used, as it says. */
    void quarantined(String file, TableRow row, String reason) throws IOException;
  }

  /**
   * @param top how many of the most probable classes to name; of a regression without meaning
   */
  public TablePredictor(TableModel model, int top) {
    this.model = model;
    this.top = top;
    normaliser = model.normaliser();
    features = new float[BATCH * model.features()];
  }

  /**
   * Hands each row to one of the sink's methods, once.
   *
   * @param file that the rows are of
   */
  public void predict(String file, Iterator<TableRow> rows, Sink sink) throws IOException {
    while (rows.hasNext()) {
      TableRow row = rows.next();
      String fault = row.fault() == null ? fault(row.labels()) : row.fault();
      if (fault != null) {
        sink.quarantined(file, row, fault);
        continue;
      }
      normaliser.apply(row.features(), 0, features, read.size(), model.features());
      labels.add(label(row.labels()));
      read.add(row);
      if (read.size() == BATCH) {
        flush(file, sink);
      }
    }
    flush(file, sink);
  }

  /** Why labels are none of the model's; null if they are. */
  private String fault(List<Label> given) {
    if (given.isEmpty() || given.stream().allMatch(label -> label.text() == null)) {
      return null;
    }
    if (!model.classes().isEmpty()) {
      String text = given.get(0).text();
      return model.classes().contains(text)
          ? null
          : "expected a class that the model knows (%s), found '%s'"
              .formatted(String.join(", ", model.classes()), text);
    }
    return given.stream()
        .filter(label -> Float.isNaN(label.value()))
        .findFirst()
        .map(label -> "expected a number as label, found '%s'".formatted(label.text()))
        .orElse(null);
  }

  private int label(List<Label> given) {
    return given.isEmpty() || model.classes().isEmpty() || given.get(0).text() == null
        ? TablePrediction.UNLABELLED
        : model.classes().indexOf(given.get(0).text());
  }

  private void flush(String file, Sink sink) throws IOException {
    if (read.isEmpty()) {
      return;
    }
    float[] output = model.output(features, read.size());
    int width = model.outputs();
    for (int row = 0; row < read.size(); row++) {
      float[] own = Arrays.copyOfRange(output, row * width, (row + 1) * width);
      int[] best = model.classes().isEmpty() ? new int[0] : PicturePrediction.top(own, top);
      sink.predicted(new TablePrediction(file, read.get(row), labels.get(row), best, own));
    }
    read.clear();
    labels.clear();
  }
}
