package dev.lockstep.predict;

import dev.lockstep.data.Normaliser;
import dev.lockstep.data.image.UnreadableImage;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;

/** Predicts the pictures of one partition, some at a time, in their order. */
final class PicturePredictor implements Iterator<Row> {
  private static final int BATCH = 256;

  /** No picture has more; a file of this size in memory is still harmless. */
  private static final long MAX_BYTES = 256L << 20;

  private final Iterator<Row> files;
  private final PictureModel model;
  private final int top;
  private final LocalTrainer network;
  private final Normaliser normaliser;
  private final float[] features;
  private final float[] labels;
  private final Configuration hadoop = SparkHadoopUtil.get().conf();
  private Iterator<Row> ready = List.<Row>of().iterator();

  /**
   * @param files path and length
   * @param top how many of the most probable classes to name
   */
  PicturePredictor(Iterator<Row> files, PictureModel model, int top) {
    this.files = files;
    this.model = model;
    this.top = top;
    normaliser = new Normaliser(model.normalisation());
    network = model.trainers().newTrainer();
    network.load(model.state());
    features = new float[BATCH * model.inputs()];
    labels = new float[BATCH * model.classes()];
  }

  @Override
  public boolean hasNext() {
    return ready.hasNext() || files.hasNext();
  }

  @Override
  public Row next() {
    if (!ready.hasNext()) {
      ready = predictSome().iterator();
    }
    return ready.next();
  }

  private List<Row> predictSome() {
    List<Row> rows = new ArrayList<>();
    List<String> read = new ArrayList<>();
    while (files.hasNext() && rows.size() + read.size() < BATCH) {
      Row file = files.next();
      String path = file.getString(0);
      try {
        float[] levels = model.preprocessing().read(content(path, file.getLong(1)));
        normaliser.apply(levels, 0, features, read.size(), levels.length);
        read.add(path);
      } catch (UnreadableImage | IOException e) {
        rows.add(PicturePrediction.quarantined(path, e.getMessage()));
      }
    }
    if (!read.isEmpty()) {
      float[] output = network.output(new Minibatch(features, labels, read.size()));
      for (int row = 0; row < read.size(); row++) {
        rows.add(PicturePrediction.of(read.get(row), model, output, row, top));
      }
    }
    return rows;
  }

  private byte[] content(String name, long length) throws IOException {
    if (length > MAX_BYTES) {
      throw new IOException("has %d MB, more than %d".formatted(length >> 20, MAX_BYTES >> 20));
    }
    Path path = new Path(name);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readNBytes((int) MAX_BYTES);
    }
  }
}
