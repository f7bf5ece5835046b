package dev.lockstep.table;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Transport;
import dev.lockstep.data.recipe.ColumnRecipe;
import dev.lockstep.data.recipe.ColumnRecipe.Kind;
import dev.lockstep.data.recipe.ColumnSurvey;
import dev.lockstep.data.recipe.TableRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Several columns that become features together: numbers, truths, texts, vectors, arrays. */
public final class MixedColumns {
  private static final String PARAM = "featuresCols";

  private MixedColumns() {}

  /**
   * Complains about columns that are missing or can be no features.
   *
   * @throws IllegalArgumentException naming the column
   */
  public static void check(StructType schema, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("featuresCols: expected names of columns, found none");
    }
    for (String name : names) {
      StructField column = Columns.find(schema, PARAM, name);
      if (!isScalar(column.dataType()) && !isList(column)) {
        throw new IllegalArgumentException(
            "featuresCols: column %s is of type %s: expected numbers, booleans, strings, vectors or"
                    .formatted(name, column.dataType().simpleString())
                + " arrays of numbers");
      }
    }
  }

  private static boolean isScalar(DataType type) {
    return type instanceof NumericType || type instanceof StringType || type instanceof BooleanType;
  }

  private static boolean isList(StructField column) {
    FeatureColumn kind = FeatureColumn.of(column);
    return kind == FeatureColumn.VECTORS || kind == FeatureColumn.ARRAYS;
  }

  /**
   * How columns of training data become features. Reads the table once.
   *
   * @param names of columns that {@link #check} has nothing against
   * @param label name of the column of labels: rows without one do not count
   * @throws DataError if none can be used
   */
  public static TableRecipe.Made recipe(Dataset<?> table, List<String> names, String label) {
    StructType schema = table.schema();
    List<String> scalars =
        names.stream().filter(name -> isScalar(schema.apply(name).dataType())).toList();
    List<ColumnSurvey> surveys = scalars.isEmpty() ? List.of() : survey(table, scalars, label);
    List<ColumnRecipe> recipes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String name : names) {
      int at = scalars.indexOf(name);
      if (at < 0) {
        recipes.add(ColumnRecipe.lists(name, length(table, schema.apply(name))));
      } else {
        surveys.get(at).recipe(name).ifPresent(recipes::add);
        surveys
            .get(at)
            .refusal()
            .ifPresent(why -> notes.add("column %s is left out: %s".formatted(name, why)));
      }
    }
    if (recipes.isEmpty()) {
      throw new DataError("featuresCols: no column can be used: " + notes.get(0));
    }
    return new TableRecipe.Made(new TableRecipe(recipes), notes);
  }

  /**
   * Columns whose numbers are the features, of a model that does not say how they become such.
   *
   * @throws IllegalArgumentException naming one that is missing, or does not tell its length
   */
  public static TableRecipe asTheyAre(StructType schema, List<String> names) {
    check(schema, names);
    return new TableRecipe(
        names.stream()
            .map(
                name -> {
                  StructField column = schema.apply(name);
                  if (!isList(column)) {
                    return ColumnRecipe.numbers(name);
                  }
                  return ColumnRecipe.lists(
                      name,
                      FeatureColumn.declaredLength(column)
                          .orElseThrow(
                              () ->
                                  new IllegalArgumentException(
                                      "featuresCols: column %s does not tell its length: expected a vector whose metadata do, as VectorAssembler's"
                                          .formatted(name))));
                })
            .toList());
  }

  private static List<ColumnSurvey> survey(Dataset<?> table, List<String> names, String label) {
    int count = names.size();
    JavaRDD<List<ColumnSurvey>> parts =
        table
            .where(Columns.column(label).isNotNull())
            .select(names.stream().map(Columns::column).toArray(Column[]::new))
            .javaRDD()
            .mapPartitions(
                rows -> {
                  List<ColumnSurvey> surveys = fresh(count);
                  rows.forEachRemaining(
                      row -> {
                        for (int i = 0; i < count; i++) {
                          ScalarValue.survey(row.get(i), surveys.get(i));
                        }
                      });
                  return List.of(surveys).iterator();
                });
    List<ColumnSurvey> all = fresh(count);
    for (List<ColumnSurvey> part : Transport.collect(parts)) {
      for (int i = 0; i < count; i++) {
        all.get(i).plus(part.get(i));
      }
    }
    return all;
  }

  private static List<ColumnSurvey> fresh(int count) {
    return Stream.generate(ColumnSurvey::new).limit(count).toList();
  }

  private static int length(Dataset<?> table, StructField column) {
    return FeatureColumn.length(table, column)
        .orElseThrow(
            () ->
                new DataError(
                    "featuresCols: column %s: no row has a value".formatted(column.name())));
  }

  /** What reads rows of the recipe's columns, in its order. */
  public static FeatureReader reader(StructType schema, TableRecipe recipe) {
    return new FeatureReader.Several(
        recipe.names(),
        recipe.columns().stream()
            .map(
                column ->
                    column.kind() == Kind.LISTS
                        ? FeatureColumn.of(Columns.find(schema, PARAM, column.name()))
                            .reader(column.length(), Optional.empty())
                        : new FeatureReader.Scalars(column))
            .toList());
  }
}
