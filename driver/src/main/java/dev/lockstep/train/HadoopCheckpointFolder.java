package dev.lockstep.train;

import dev.lockstep.data.FileSystems;
import dev.lockstep.data.WholeFiles;
import dev.lockstep.models.file.CheckpointFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Checkpoints in a folder of any Hadoop file system. */
public record HadoopCheckpointFolder(Path folder, Configuration hadoop)
    implements CheckpointFolder {

  /**
   * The folder at a location, as Hadoop resolves it: without a scheme, on the cluster's own file
   * system.
   *
   * @throws IllegalArgumentException if there is no such file system, or it cannot be used
   */
  public static CheckpointFolder at(String location, Configuration hadoop) {
    Path path = new Path(location);
    try {
      FileSystem files = FileSystems.of(path, hadoop);
      return files instanceof LocalFileSystem local
          ? CheckpointFolder.of(local.pathToFile(path).toPath())
          : new HadoopCheckpointFolder(files.makeQualified(path), hadoop);
    } catch (IOException e) {
      throw new IllegalArgumentException("%s: %s".formatted(location, FileSystems.message(e)), e);
    }
  }

  private FileSystem files() throws IOException {
    return folder.getFileSystem(hadoop);
  }

  @Override
  public List<String> names() throws IOException {
    try {
      return Arrays.stream(files().listStatus(folder))
          .map(status -> status.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public byte[] read(String name) throws IOException {
    try (FSDataInputStream in = files().open(new Path(folder, name))) {
      return in.readAllBytes();
    }
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    WholeFiles.write(new Path(folder, name), content, hadoop);
  }

  @Override
  public void delete(String name) throws IOException {
    files().delete(new Path(folder, name), false);
  }

  @Override
  public String location(String name) {
    return (name.isEmpty() ? folder : new Path(folder, name)).toString();
  }
}
