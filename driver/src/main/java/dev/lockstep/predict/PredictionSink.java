package dev.lockstep.predict;

import java.io.IOException;

/** What becomes of pictures. */
public interface PredictionSink {
  void predicted(PicturePrediction prediction) throws IOException;

  /** A picture on which nothing is drawn. */
  void blank(PictureFile file) throws IOException;

  /**
   * A picture that cannot be read.
   *
   * @param reason on one line
   */
  void quarantined(PictureFile file, String reason) throws IOException;
}
