package dev.lockstep.data.prepare;

import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.chunk.ChunkFileWriter;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** {@code part-00000.chunks}. */
final class ChunkShard implements ShardWriter {
  private final OutputFile file;
  private final ChunkFileWriter writer;

  ChunkShard(Path folder, int shard, Schema schema, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    file = OutputFile.of(new Path(folder, "part-%05d.chunks".formatted(shard)), files);
    writer = new ChunkFileWriter(files.create(file.temporary(), true), schema);
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
