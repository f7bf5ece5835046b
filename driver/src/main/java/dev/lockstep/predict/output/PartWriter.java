package dev.lockstep.predict.output;

import java.io.Closeable;
import java.io.IOException;

/** Writes the predictions of one part. */
interface PartWriter extends Closeable {
  /**
   * Writes one.
   *
   * @param values by column
   */
  void write(Object... values) throws IOException;
}
