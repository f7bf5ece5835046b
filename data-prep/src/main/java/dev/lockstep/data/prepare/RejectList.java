package dev.lockstep.data.prepare;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import dev.lockstep.data.LocalFiles;
import dev.lockstep.data.Reject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.deploy.SparkHadoopUtil;

/** What was left out of a prepared data set, and why: a CSV file of path and reason, by path. */
final class RejectList {
  private RejectList() {}

  /**
   * Writes the list.
   *
   * @return how many there are
   */
  static long write(JavaRDD<Reject> rejects, Path file) throws IOException {
    Configuration hadoop = LocalFiles.in(SparkHadoopUtil.get().conf());
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    CsvWriter out =
        new CsvWriter(file.getFileSystem(hadoop).create(file), StandardCharsets.UTF_8, settings);
    try {
      out.writeHeaders("path", "reason");
      long count = 0;
      Iterator<Reject> sorted = rejects.sortBy(Reject::path, true, 1).toLocalIterator();
      while (sorted.hasNext()) {
        Reject reject = sorted.next();
        out.writeRow(reject.path(), reject.reason());
        count++;
      }
      return count;
    } finally {
      out.close();
    }
  }
}
