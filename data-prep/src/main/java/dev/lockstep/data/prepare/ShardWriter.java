package dev.lockstep.data.prepare;

import dev.lockstep.data.Example;
import java.io.IOException;
import java.util.List;

/** Writes the examples of one task. Files appear under their names only when they are whole. */
interface ShardWriter extends AutoCloseable {

  void write(Example example) throws IOException;

  /** Makes the files appear; which they are. */
  List<PreparedFile> commit() throws IOException;

  /** Frees what was not committed. */
  @Override
  void close() throws IOException;
}
