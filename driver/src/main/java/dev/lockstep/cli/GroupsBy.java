package dev.lockstep.cli;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.RowTable;
import dev.lockstep.data.RowTable.Part;
import dev.lockstep.data.RowTable.Rows;
import dev.lockstep.data.Schema;
import dev.lockstep.data.TableRow;
import dev.lockstep.data.TableRow.Label;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Values;
import dev.lockstep.data.open.DataSources;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.GroupedEvaluation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * The rows of a table in groups, by the values of a column.
 *
 * @param shown the values of the largest groups
 * @param others how many other values there are, whose rows are one group
 */
record GroupsBy(RowTable table, DataSource source, Set<String> shown, long others) {
  /** The most groups that are told, each for itself. */
  static final int MOST = 100;

  /** What a row without a value belongs to. */
  private static final String MISSING = "(none)";

  /**
   * Looks which groups there are.
   *
   * @param location the table, its columns as the model knows them
   * @param source the same as examples, with the model's classes
   * @throws DataError if there is no such column, or it is no table
   */
  static GroupsBy open(
      JavaSparkContext spark, DataLocation location, DataSource source, String column) {
    if (source.labels().isEmpty()) {
      throw new DataError(
          "%s: --by needs a table in CSV or Parquet whose columns have names"
              .formatted(DataFiles.name(location.data())));
    }
    Optional<List<String>> kept = Optional.of(List.of(column));
    RowTable table =
        DataSources.rows(
                spark,
                new RowTable.Wanted(
                    location.withLabels(String.join(",", source.labels())),
                    source.schema().featureLength(),
                    kept))
            .orElseThrow();
    List<Tuple2<String, Long>> largest =
        rows(spark, table, row -> group(row))
            .mapToPair(group -> new Tuple2<>(group, 1L))
            .reduceByKey(Long::sum)
            .takeOrdered(MOST + 1, new Largest());
    long all =
        largest.size() <= MOST
            ? largest.size()
            : rows(spark, table, row -> group(row)).distinct().count();
    Set<String> shown = new HashSet<>();
    largest.stream().limit(MOST).forEach(group -> shown.add(group._1()));
    return new GroupsBy(table, source, shown, all - shown.size());
  }

  private static final class Largest
      implements java.util.Comparator<Tuple2<String, Long>>, java.io.Serializable {
    @Override
    public int compare(Tuple2<String, Long> one, Tuple2<String, Long> other) {
      int bySize = Long.compare(other._2(), one._2());
      return bySize == 0 ? one._1().compareTo(other._1()) : bySize;
    }
  }

  private interface RowFunction<T> extends Function<TableRow, T>, java.io.Serializable {}

  private static <T> JavaRDD<T> rows(
      JavaSparkContext spark, RowTable table, RowFunction<T> function) {
    List<Part> parts = table.parts();
    return Transport.parallelize(spark, parts, parts.size())
        .flatMap(part -> read(table, part, function));
  }

  private static <T> Iterator<T> read(RowTable table, Part part, RowFunction<T> function) {
    Rows rows = table.read(part, SparkHadoopUtil.get().conf());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> rows.close());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public T next() {
        TableRow row = rows.next();
        if (row.fault() != null) {
          throw new DataError(
              "%s: line %d: %s".formatted(DataFiles.name(part.path()), row.number(), row.fault()));
        }
        return function.apply(row);
      }
    };
  }

  private static String group(TableRow row) {
    Object value = row.kept().get(0);
    return value == null ? MISSING : String.valueOf(value);
  }

  /** Evaluates each group. */
  Map<String, Evaluation> evaluate(
      JavaSparkContext spark, ModelFile file, Normalisation normalisation) {
    Set<String> each = shown;
    Schema of = source.schema();
    JavaRDD<Tuple2<String, Example>> examples =
        rows(
            spark,
            table,
            row -> new Tuple2<>(each.contains(group(row)) ? group(row) : "", example(row, of)));
    return GroupedEvaluation.of(
        spark, examples, source, normalisation, file.definition(), file.state());
  }

  private static Example example(TableRow row, Schema schema) {
    List<Float> target = new ArrayList<>();
    if (schema.classes() > 0) {
      target.add((float) schema.classNames().indexOf(row.labels().get(0).text()));
    } else {
      row.labels().stream().map(Label::value).forEach(target::add);
    }
    if (schema.weighted()) {
      target.add(row.weight());
    }
    float[] values = new float[target.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = target.get(i);
    }
    return new Example(row.number(), new Values.Floats(row.features()), values);
  }
}
