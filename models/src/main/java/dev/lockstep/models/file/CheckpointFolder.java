package dev.lockstep.models.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A folder whose files are either wholly there or not at all, on whatever file system. */
public interface CheckpointFolder {

  /** A folder of this machine. */
  static CheckpointFolder of(Path folder) {
    return new LocalCheckpointFolder(folder);
  }

  /** The names of its files, in any order; none if there is no such folder yet. */
  List<String> names() throws IOException;

  /** The content of a file. */
  byte[] read(String name) throws IOException;

  /** Writes a file, in the place of one of that name; readers see the one or the other, whole. */
  void write(String name, byte[] content) throws IOException;

  /** Removes a file, if it is there. */
  void delete(String name) throws IOException;

  /** Where a file is, as users name it. */
  String location(String name);
}
