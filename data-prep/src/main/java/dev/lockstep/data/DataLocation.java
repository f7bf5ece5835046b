package dev.lockstep.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which data, and what is to be known about it: what a user says by {@code --data} and {@code
 * --labels}.
 *
 * <table>
 * <caption>What can be opened</caption>
 * <tr><th>{@code data}</th><th>{@code labels}</th></tr>
 * <tr><td>IDX files, raw or .gz: a file, a glob or a directory</td>
 *     <td>IDX files likewise, matched by name; by default found beside the data files, where
 *     {@code train-labels-idx1-ubyte} belongs to {@code train-images-idx3-ubyte}</td></tr>
 * <tr><td>pictures: a folder {@code root/<class>/*}</td><td>none: the folders' names</td></tr>
 * <tr><td>pictures: a flat folder</td><td>a CSV file: a picture's name, its class</td></tr>
 * <tr><td>CSV files of numbers: a file, a glob or a directory</td><td>the column with the label,
 *     by name or number from 1; by default one called label, class, target or y</td></tr>
 * <tr><td>Parquet files: columns of numbers, or one column features of lists or bytes</td>
 *     <td>the column with the label, by name; by default likewise</td></tr>
 * <tr><td>a folder that {@code lockstep prepare} has written, or a part of it</td><td>none</td></tr>
 * </table>
 *
 * @param data a path, directory or glob on any Hadoop file system
 * @param labels see above
 * @param weights the column of a table with how much each row counts, by name or number from 1; by
 *     default all count 1
 * @param classNames the classes as a model knows them, by class number: other labels are an error,
 *     and missing ones keep their number. By default the classes found in the data: sorted, numbers
 *     as numbers; numbers in IDX files from 0 to the largest
 * @param columns the columns of a table as a model knows them: data that names its columns is
 *     brought to this order, and must have all of them. By default all, as they come
 * @param ignored columns of a table to be left out, by name or, of CSV files without names, by
 *     number from 1, whatever is in them
 * @param axes how pictures are stored that come as numbers
 * @param task whether labels are classes, numbers to be predicted, or several of an example
 * @param pictures how pictures become examples, an {@code ImagePreprocessing} or what of it was
 *     said, a {@code PictureChoice}; by default all must have the size of the first, and are taken
 *     as they are, in grey
 * @param faults what becomes of unreadable pictures
 */
public record DataLocation(
    String data,
    Optional<String> labels,
    Optional<String> weights,
    Optional<List<String>> classNames,
    Optional<List<String>> columns,
    List<String> ignored,
    Axes axes,
    Task task,
    Optional<Preprocessing> pictures,
    Faults faults) {

  /** What labels are. */
  public enum Task {
    /**
     * Integer IDX labels are classes, others regression targets. A CSV column is one of targets if
     * all its values are numbers, and not just the numbers 0 to n − 1 or 1 to n, with n at most
     * 10,000; so are several columns.
     */
    DETECT,
    CLASSIFICATION,
    REGRESSION,
    /** 0 and 1 in each of several columns: labels of which an example may have several. */
    MULTI_LABEL;

    /** Whether labels are values, and no classes. */
    public boolean isOfValues() {
      return this == REGRESSION || this == MULTI_LABEL;
    }

    /** As users write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** In which order a picture's pixels are stored. */
  public enum Axes {
    /** Row by row. */
    ROWS,
    /** Column by column, as in EMNIST: rows and columns change places. */
    COLUMNS
  }

  /** What becomes of single unreadable examples, where a source has such. */
  public enum Faults {
    /** They are left out, and told by {@link DataSource#rejects}. */
    QUARANTINE,
    /** The first is an error. */
    STRICT
  }

  /** Data with all defaults. */
  public static DataLocation of(String data) {
    return new DataLocation(
        data,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Axes.ROWS,
        Task.DETECT,
        Optional.empty(),
        Faults.QUARANTINE);
  }

  public DataLocation withData(String newData) {
    return new DataLocation(
        newData, labels, weights, classNames, columns, ignored, axes, task, pictures, faults);
  }

  public DataLocation withLabels(String newLabels) {
    Optional<String> given = Optional.of(newLabels);
    return new DataLocation(
        data, given, weights, classNames, columns, ignored, axes, task, pictures, faults);
  }

  /** With a column that says how much each row counts. */
  public DataLocation withWeights(String column) {
    Optional<String> given = Optional.of(column);
    return new DataLocation(
        data, labels, given, classNames, columns, ignored, axes, task, pictures, faults);
  }

  public DataLocation withClassNames(List<String> newNames) {
    Optional<List<String>> names = Optional.of(newNames);
    return new DataLocation(
        data, labels, weights, names, columns, ignored, axes, task, pictures, faults);
  }

  /** With the columns of a model; of none, as they come. */
  public DataLocation withColumns(List<String> newColumns) {
    Optional<List<String>> known = Optional.of(newColumns).filter(names -> !names.isEmpty());
    return new DataLocation(
        data, labels, weights, classNames, known, ignored, axes, task, pictures, faults);
  }

  /** Without these columns. */
  public DataLocation withIgnored(List<String> left) {
    return new DataLocation(
        data, labels, weights, classNames, columns, left, axes, task, pictures, faults);
  }

  public DataLocation withAxes(Axes newAxes) {
    return new DataLocation(
        data, labels, weights, classNames, columns, ignored, newAxes, task, pictures, faults);
  }

  public DataLocation withTask(Task newTask) {
    return new DataLocation(
        data, labels, weights, classNames, columns, ignored, axes, newTask, pictures, faults);
  }

  public DataLocation withPictures(Preprocessing preprocessing) {
    Optional<Preprocessing> chosen = Optional.of(preprocessing);
    return new DataLocation(
        data, labels, weights, classNames, columns, ignored, axes, task, chosen, faults);
  }

  public DataLocation withFaults(Faults newFaults) {
    return new DataLocation(
        data, labels, weights, classNames, columns, ignored, axes, task, pictures, newFaults);
  }
}
