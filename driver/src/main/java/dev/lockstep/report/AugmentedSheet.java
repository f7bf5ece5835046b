package dev.lockstep.report;

import dev.lockstep.data.PictureShape;
import dev.lockstep.data.Schema;
import dev.lockstep.report.ContactSheet.Thumbnail;
import dev.lockstep.train.SeenPicture;
import java.util.ArrayList;
import java.util.List;

/** Pictures as they are stored and as the network saw them, one row a picture. */
public final class AugmentedSheet {
  private AugmentedSheet() {}

  /** Of pictures of a data set. */
  public static ContactSheet of(Schema schema, List<SeenPicture> pictures) {
    List<Thumbnail> thumbnails = new ArrayList<>();
    for (SeenPicture picture : pictures) {
      PictureShape shape = schema.picture().orElseThrow();
      thumbnails.add(new Thumbnail(SampleSheet.levels(schema, picture.stored()), shape, "stored"));
      for (int epoch = 0; epoch < picture.seen().size(); epoch++) {
        byte[] levels = SampleSheet.levels(schema, picture.seen().get(epoch));
        thumbnails.add(new Thumbnail(levels, shape, "epoch " + (epoch + 1)));
      }
    }
    return new ContactSheet(thumbnails);
  }
}
