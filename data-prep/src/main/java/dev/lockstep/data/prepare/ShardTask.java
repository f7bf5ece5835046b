package dev.lockstep.data.prepare;

import dev.lockstep.data.DataSummary;
import dev.lockstep.data.Example;
import dev.lockstep.data.LocalFiles;
import dev.lockstep.data.Schema;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Writes one partition: a shard of each part.
 *
 * @param folders of the parts
 * @param division of the examples among the parts; null if there is one part
 */
record ShardTask(PreparedFormat format, Schema schema, List<String> folders, Division division)
    implements Function2<Integer, Iterator<Example>, Iterator<ShardTask.Written>> {

  /**
   * What was written.
   *
   * @param part its number
   */
  record Written(int part, DataSummary summary, List<PreparedFile> files) implements Serializable {}

  @Override
  public Iterator<Written> call(Integer shard, Iterator<Example> examples) throws IOException {
    Configuration hadoop = LocalFiles.in(SparkHadoopUtil.get().conf());
    List<Part> parts = new ArrayList<>();
    for (String folder : folders) {
      parts.add(new Part(new Path(folder), shard, hadoop));
    }
    Optional<Division.Divider> divider =
        Optional.ofNullable(division).map(given -> given.divider(shard));
    try {
      while (examples.hasNext()) {
        Example example = examples.next();
        parts.get(divider.map(given -> given.part(example)).orElse(0)).write(example);
      }
      List<Written> written = new ArrayList<>();
      for (int part = 0; part < parts.size(); part++) {
        written.add(parts.get(part).commit(part));
      }
      return written.iterator();
    } finally {
      for (Part part : parts) {
        part.close();
      }
    }
  }

  /** A shard of a part; without examples it leaves no file. */
  private final class Part {
    private final Path folder;
    private final int shard;
    private final Configuration hadoop;
    private final DataSummary summary = new DataSummary(schema);
    private ShardWriter writer;

    Part(Path folder, int shard, Configuration hadoop) {
      this.folder = folder;
      this.shard = shard;
      this.hadoop = hadoop;
    }

    void write(Example example) throws IOException {
      if (writer == null) {
        writer = format.open(folder, shard, schema, hadoop);
      }
      writer.write(example);
      summary.add(example);
    }

    Written commit(int part) throws IOException {
      return new Written(part, summary, writer == null ? List.of() : writer.commit());
    }

    void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
