package dev.lockstep.data.csv;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.Transport;
import dev.lockstep.data.csv.CsvLayout.Labels;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * CSV files as far as they have to be known before rows are read: all of it was read once, in
 * parallel.
 *
 * @param blocks whose rows and lines are counted
 */
record CsvScan(CsvLayout layout, List<CsvBlock> blocks, CsvSurvey survey) {

  static CsvScan of(JavaSparkContext spark, DataLocation location, DataFiles files, Labels needed) {
    Configuration hadoop = spark.hadoopConfiguration();
    List<CsvBlock> uncounted = CsvBlock.of(files.files(), hadoop);
    CsvBlock first = CsvBlock.whole(files.files().get(0), hadoop);
    CsvLayout seen = CsvLayout.read(first, location, needed, hadoop);
    List<CsvSurvey> surveys = surveys(spark, uncounted, seen);
    if (surveys.stream().anyMatch(CsvSurvey::quotedBreaks)) {
      uncounted = files.files().stream().map(file -> CsvBlock.whole(file, hadoop)).toList();
      surveys = surveys(spark, uncounted, seen);
    }
    List<CsvBlock> blocks = new ArrayList<>();
    CsvSurvey all = CsvSurvey.NOTHING;
    long firstLine = 0;
    for (int i = 0; i < surveys.size(); i++) {
      CsvBlock block = uncounted.get(i);
      firstLine = block.from() == 0 ? 0 : firstLine;
      blocks.add(block.after(all.rows(), firstLine));
      all = all.plus(surveys.get(i).placed(DataFiles.name(block.path()), firstLine));
      firstLine += surveys.get(i).lines();
    }
    if (all.rows() == 0) {
      throw new DataError(
          "%s: expected rows of numbers, found none".formatted(DataFiles.name(location.data())));
    }
    return new CsvScan(seen.with(all.decimals()), blocks, all);
  }

  private static List<CsvSurvey> surveys(
      JavaSparkContext spark, List<CsvBlock> blocks, CsvLayout layout) {
    return Transport.map(
        spark,
        blocks,
        blocks.size(),
        block -> CsvSurvey.of(block, layout, SparkHadoopUtil.get().conf()));
  }
}
