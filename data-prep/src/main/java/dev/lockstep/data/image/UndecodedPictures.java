package dev.lockstep.data.image;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation.Faults;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleHash;
import dev.lockstep.data.Examples;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Values;
import dev.lockstep.data.image.PictureExamples.Numbered;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A worker's pictures as files, each decoded whenever it is wanted, to the bytes that it had when
 * the run began: a file that has changed since is an error.
 */
@DefaultSerializer(JavaSerializer.class)
public final class UndecodedPictures implements Examples {
  private final NetworkView view;
  private final ImagePreprocessing preprocessing;
  private final List<Known> pictures;
  private final ExampleHash content;

  /** The picture that was wanted last, and what it is. */
  private transient int last;

  private transient Values.Bytes pixels;

  /** A picture, and what its file had in it. */
  private record Known(Numbered picture, int checksum) implements java.io.Serializable {}

  private UndecodedPictures(
      NetworkView view,
      ImagePreprocessing preprocessing,
      List<Known> pictures,
      ExampleHash content) {
    this.view = view;
    this.preprocessing = preprocessing;
    this.pictures = pictures;
    this.content = content;
  }

  /** Reads and decodes each once, and leaves out what cannot be, unless nothing may be. */
  static UndecodedPictures of(
      Schema schema, ImagePreprocessing preprocessing, Faults faults, Iterator<Numbered> dealt) {
    List<Known> known = new ArrayList<>();
    ExampleHash content = new ExampleHash();
    while (dealt.hasNext()) {
      Numbered picture = dealt.next();
      try {
        byte[] file = content(picture);
        Values.Bytes pixels = PictureExamples.whole(preprocessing.read(file));
        content.add(new Example(picture.id(), pixels, picture.file().target()));
        known.add(new Known(picture, checksum(file)));
      } catch (UnreadableImage e) {
        if (faults == Faults.STRICT) {
          throw PictureExamples.reject(picture, e).error();
        }
      }
    }
    return new UndecodedPictures(NetworkView.of(schema), preprocessing, known, content);
  }

  private static byte[] content(Numbered picture) throws UnreadableImage {
    return picture.file().content(SparkHadoopUtil.get().conf());
  }

  private static int checksum(byte[] file) {
    CRC32C checksum = new CRC32C();
    checksum.update(file, 0, file.length);
    return (int) checksum.getValue();
  }

  /**
   * Reads and decodes a picture; any number of threads at a time.
   *
   * @return its pixels as they are stored
   * @throws DataError if its file is not what it was
   */
  public Values.Bytes decode(int index) {
    Known known = pictures.get(index);
    try {
      byte[] file = content(known.picture());
      if (checksum(file) != known.checksum()) {
        throw changed(known, "has other content", null);
      }
      return PictureExamples.whole(preprocessing.read(file));
    } catch (UnreadableImage e) {
      throw changed(known, e.getMessage(), e);
    }
  }

  private static DataError changed(Known known, String how, Throwable cause) {
    return new DataError(
        "%s: is not what it was when the run began: it %s: put it back and go on with --resume, or begin anew"
            .formatted(known.picture().file().path(), how),
        cause);
  }

  @Override
  public NetworkView view() {
    return view;
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public long id(int index) {
    return pictures.get(index).picture().id();
  }

  /** As it was when each was decoded for the first time. */
  @Override
  public Optional<ExampleHash> contentHash() {
    return Optional.of(content);
  }

  @Override
  public float target(int index, int target) {
    return pictures.get(index).picture().file().target()[target];
  }

  @Override
  public synchronized void copyStored(int index, float[] features) {
    pixels(index).copyTo(features);
  }

  @Override
  public synchronized void copy(int index, int row, float[] features, float[] labels) {
    copy(index, pixels(index), row, features, labels);
  }

  /** As {@link #copy(int, int, float[], float[])}, of pixels that were decoded. */
  public void copy(int index, Values.Bytes decoded, int row, float[] features, float[] labels) {
    view.features(decoded.values(), 0, features, row);
    view.labels(pictures.get(index).picture().file().target(), 0, labels, row);
  }

  private Values.Bytes pixels(int index) {
    if (pixels == null || last != index) {
      pixels = decode(index);
      last = index;
    }
    return pixels;
  }

  @Override
  public UndecodedPictures normalised(Normalisation normalisation) {
    return new UndecodedPictures(view.normalised(normalisation), preprocessing, pictures, content);
  }
}
