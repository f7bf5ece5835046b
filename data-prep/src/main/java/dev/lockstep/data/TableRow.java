package dev.lockstep.data;

import java.util.List;

/**
 * A row of a table, as a model takes it.
 *
 * @param number of its line in the file, from 1; of Parquet, of the row
 * @param kept values of the {@link RowTable#kept} columns; null where there is none
 * @param features as the data has them, before normalisation; null where they cannot be used
 * @param labels of the {@link RowTable#labels} columns
 * @param weight how much the row counts; 1 where rows have no weights
 * @param fault why features cannot be used, on one line; null if they can
 */
public record TableRow(
    long number,
    List<Object> kept,
    float[] features,
    List<Label> labels,
    float weight,
    String fault) {

  /** A row that cannot be used. */
  public static TableRow unusable(long number, List<Object> kept, String fault) {
    return new TableRow(number, kept, null, List.of(), 1, fault);
  }

  /**
   * What is in a label column.
   *
   * @param text as classes are named; null for nothing
   * @param value NaN for no number
   */
  public record Label(String text, float value) {}
}
