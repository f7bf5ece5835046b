package dev.lockstep.data.prepare;

import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.parquet.ParquetExampleWriter;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** {@code part-00000.parquet}. */
final class ParquetShard implements ShardWriter {
  private final OutputFile file;
  private final ParquetWriter<Example> writer;

  ParquetShard(Path folder, int shard, Schema schema, Configuration hadoop) throws IOException {
    file =
        OutputFile.of(
            new Path(folder, "part-%05d.parquet".formatted(shard)), folder.getFileSystem(hadoop));
    writer = ParquetExampleWriter.open(file.temporary(), hadoop, schema);
  }

  @Override
  public void write(Example example) throws IOException {
    writer.write(example);
  }

  @Override
  public List<PreparedFile> commit() throws IOException {
    writer.close();
    return List.of(file.commit());
  }

  @Override
  public void close() throws IOException {
    file.discard();
  }
}
