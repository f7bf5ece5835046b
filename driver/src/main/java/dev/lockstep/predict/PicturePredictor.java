package dev.lockstep.predict;

import dev.lockstep.data.Normaliser;
import dev.lockstep.data.image.BlankPicture;
import dev.lockstep.data.image.PictureBytes;
import dev.lockstep.data.image.UnreadableImage;
import dev.lockstep.models.SharedNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Predicts pictures, some at a time, in their order. */
public final class PicturePredictor {
  private final PictureModel model;
  private final int top;
  private final SharedNetwork network;
  private final Configuration hadoop;
  private final Normaliser normaliser;
  private final float[] features;
  private final int batch;
  private final List<PictureFile> read = new ArrayList<>();

  /**
   * @param top how many of the most probable classes to name
   */
  public PicturePredictor(PictureModel model, int top, Configuration hadoop) {
    this.model = model;
    this.top = top;
    network = model.network();
    this.hadoop = hadoop;
    normaliser = new Normaliser(model.normalisation());
    batch = SharedNetwork.batch(model.inputs());
    features = new float[batch * model.inputs()];
  }

  /** Hands each picture to one of the sink's methods, once. */
  public void predict(Iterator<PictureFile> files, PredictionSink sink) throws IOException {
    while (files.hasNext()) {
      PictureFile file = files.next();
      try {
        byte[] content = file.content(hadoop);
        float[] levels = model.preprocessing().read(content);
        normaliser.apply(levels, 0, features, read.size(), levels.length);
        read.add(file);
      } catch (BlankPicture e) {
        sink.blank(file);
      } catch (UnreadableImage e) {
        sink.quarantined(file, e.getMessage());
      } catch (OutOfMemoryError e) {
        throw PictureBytes.tooLarge(file.path(), e);
      }
      if (read.size() == batch) {
        flush(sink);
      }
    }
    flush(sink);
  }

  private void flush(PredictionSink sink) throws IOException {
    if (read.isEmpty()) {
      return;
    }
    int classes = model.classes().size();
    float[] output = model.coding().probabilities(network.output(features, read.size()));
    for (int row = 0; row < read.size(); row++) {
      sink.predicted(PicturePrediction.of(read.get(row), output, row, classes, top));
    }
    read.clear();
  }
}
