package dev.lockstep.data.csv;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.Transport;
import dev.lockstep.data.recipe.ColumnRecipe;
import dev.lockstep.data.recipe.ColumnSurvey;
import dev.lockstep.data.recipe.InputGroups;
import dev.lockstep.data.recipe.TableRecipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** How columns of CSV files with texts and gaps become features. */
final class CsvRecipe {
  private CsvRecipe() {}

  /**
   * The layout with the recipe that a model knows; else with one that is made of the data, in one
   * more pass over them, if values are missing or texts, or for several inputs of a network.
   *
   * @param mixed whether they are
   * @throws dev.lockstep.data.DataError if no column can be used, or one that the model knows is
   *     not there
   */
  static CsvLayout in(
      JavaSparkContext spark,
      DataLocation location,
      List<CsvBlock> blocks,
      CsvLayout layout,
      boolean mixed) {
    String file = DataFiles.name(location.data());
    Optional<TableRecipe> known = TableRecipe.of(location.pictures());
    if (known.isPresent()) {
      return layout.with(known.get(), List.of(), file);
    }
    Optional<InputGroups> groups = InputGroups.of(location.pictures());
    if (groups.isPresent()) {
      TableRecipe.Made made =
          groups.get().recipe(layout.featureColumns(), survey(spark, blocks, layout), file);
      return layout.with(made.recipe(), made.notes(), file);
    }
    // What the columns of a model that knows no recipe hold are numbers, or it is a mistake.
    if (!mixed || location.columns().isPresent()) {
      return layout;
    }
    TableRecipe.Made made =
        TableRecipe.of(layout.featureColumns(), survey(spark, blocks, layout), file);
    return made.recipe().isPlain() && made.notes().isEmpty()
        ? layout
        : layout.with(made.recipe(), made.notes(), file);
  }

  private static List<ColumnSurvey> survey(
      JavaSparkContext spark, List<CsvBlock> blocks, CsvLayout layout) {
    List<ColumnSurvey> all = fresh(layout);
    List<List<ColumnSurvey>> parts =
        Transport.map(
            spark,
            blocks,
            blocks.size(),
            block -> survey(block, layout, SparkHadoopUtil.get().conf()));
    for (List<ColumnSurvey> part : parts) {
      for (int i = 0; i < all.size(); i++) {
        all.get(i).plus(part.get(i));
      }
    }
    return all;
  }

  private static List<ColumnSurvey> fresh(CsvLayout layout) {
    return Stream.generate(ColumnSurvey::new).limit(layout.features().size()).toList();
  }

  private static List<ColumnSurvey> survey(CsvBlock block, CsvLayout layout, Configuration hadoop) {
    List<ColumnSurvey> surveys = fresh(layout);
    CsvFields fields = new CsvFields(layout.delimiter());
    try (CsvLines lines = new CsvLines(block, layout.delimiter(), layout.header(), hadoop)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        String[] values = fields.split(line.get(), lines.where());
        for (int i = 0; i < surveys.size(); i++) {
          if (layout.features().get(i) < values.length) {
            add(values[layout.features().get(i)], layout, surveys.get(i));
          }
        }
      }
    }
    return surveys;
  }

  private static void add(String value, CsvLayout layout, ColumnSurvey survey) {
    float number = CsvNumber.parse(value, layout.decimals());
    if (ColumnRecipe.isMissing(value)) {
      survey.addMissing();
    } else if (Float.isFinite(number)) {
      survey.addNumber(number, LabelSurvey.className(value));
    } else {
      survey.addText(LabelSurvey.className(value));
    }
  }
}
