package dev.lockstep.data.parquet;

import dev.lockstep.data.Locations;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file as Parquet's reader takes it, whatever its name is. */
record StoredFile(Path path, Configuration hadoop) implements InputFile {

  @Override
  public long getLength() throws IOException {
    return path.getFileSystem(hadoop).getFileStatus(path).getLen();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return HadoopStreams.wrap(Locations.open(path, hadoop));
  }

  /** For messages. */
  @Override
  public String toString() {
    return path.toString();
  }
}
