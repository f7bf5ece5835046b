package dev.lockstep.data.image;

import dev.lockstep.data.DataLocation.Faults;
import dev.lockstep.data.Example;
import dev.lockstep.data.Reject;
import dev.lockstep.data.Values;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Reads picture files, within a task. */
record PictureExamples(ImagePreprocessing preprocessing, Faults faults) implements Serializable {

  /** A picture and its number within the data. */
  record Numbered(int id, LabelledPicture file) implements Serializable {}

  /** The picture as an example; none if it cannot be read. */
  Iterator<Example> examples(Numbered picture) {
    try {
      return List.of(new Example(picture.id(), pixels(picture.file()), picture.file().target()))
          .iterator();
    } catch (UnreadableImage e) {
      if (faults == Faults.STRICT) {
        throw reject(picture, e).error();
      }
      return List.<Example>of().iterator();
    }
  }

  /** Why the picture cannot be read; none if it can. */
  Iterator<Reject> rejects(Numbered picture) {
    try {
      pixels(picture.file());
      return List.<Reject>of().iterator();
    } catch (UnreadableImage e) {
      return List.of(reject(picture, e)).iterator();
    }
  }

  private Values.Bytes pixels(LabelledPicture file) throws UnreadableImage {
    try {
      return whole(preprocessing.read(file.content(SparkHadoopUtil.get().conf())));
    } catch (OutOfMemoryError e) {
      throw PictureBytes.tooLarge(file.path(), e);
    }
  }

  /** Levels as bytes. */
  static Values.Bytes whole(float[] levels) {
    byte[] pixels = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      pixels[i] = (byte) Math.round(levels[i]);
    }
    return new Values.Bytes(pixels);
  }

  static Reject reject(Numbered picture, UnreadableImage why) {
    return new Reject(picture.file().path(), why.getMessage());
  }
}
