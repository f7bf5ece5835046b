package dev.lockstep.predict.output;

import dev.lockstep.predict.PicturePrediction;
import java.io.Closeable;
import java.io.IOException;

/** Writes the predictions of one part. */
interface PartWriter extends Closeable {
  void write(PicturePrediction prediction) throws IOException;
}
