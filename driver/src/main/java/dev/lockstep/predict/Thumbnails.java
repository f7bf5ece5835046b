package dev.lockstep.predict;

import dev.lockstep.data.PictureShape;
import dev.lockstep.data.image.ImageDecoder;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Pixels;
import dev.lockstep.data.image.UnreadableImage;
import dev.lockstep.predict.PictureTally.Line;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Pictures small enough for a page, read by tasks, as they may be where only executors reach. */
public record Thumbnails(ImagePreprocessing preprocessing) implements Serializable {
  private static final int SIDE = 84;
  private static final int TASKS = 16;

  /**
   * A prediction with what it was made from.
   *
   * @param picture as it is stored, but small; null if it cannot be read any more
   * @param input as the network saw it; null if it cannot be read any more
   */
  public record Shown(Line line, Thumbnail picture, Thumbnail input) implements Serializable {}

  /**
   * A small picture.
   *
   * @param levels unsigned bytes [channels, height, width], 0 black
   */
  public record Thumbnail(PictureShape shape, byte[] levels) implements Serializable {

    static Thumbnail of(Pixels picture) {
      float[] values = picture.values();
      byte[] levels = new byte[values.length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i])));
      }
      return new Thumbnail(
          new PictureShape(picture.height(), picture.width(), picture.channels().count()), levels);
    }
  }

  /** The pictures of some predictions, in their order. */
  public List<Shown> of(JavaSparkContext spark, List<Line> lines) {
    return lines.isEmpty()
        ? List.of()
        : spark.parallelize(lines, Math.min(lines.size(), TASKS)).map(this::shown).collect();
  }

  private Shown shown(Line line) {
    PictureFile file = new PictureFile(line.path(), 0, line.label());
    try {
      byte[] content = file.content(SparkHadoopUtil.get().conf());
      Pixels image = ImageDecoder.decode(content, preprocessing.channels());
      return new Shown(
          line, Thumbnail.of(small(image)), Thumbnail.of(preprocessing.prepare(image)));
    } catch (UnreadableImage e) {
      return new Shown(line, null, null);
    }
  }

  private static Pixels small(Pixels image) {
    int longer = Math.max(image.width(), image.height());
    double scale = Math.min(1, (double) SIDE / longer);
    return image.resized(
        (int) Math.max(1, Math.round(image.width() * scale)),
        (int) Math.max(1, Math.round(image.height() * scale)));
  }
}
