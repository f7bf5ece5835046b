package dev.lockstep.data.image;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Faults;
import dev.lockstep.data.Example;
import dev.lockstep.data.Reject;
import dev.lockstep.data.Values;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Picture files that are values of a table: each example's features are the bytes of a file, until
 * they are decoded here.
 *
 * @param table its name, for messages
 */
public record EncodedPictures(String table, ImagePreprocessing preprocessing, Faults faults)
    implements Serializable {

  /**
   * As a location says, and as the first picture is that can be decoded.
   *
   * @param first files in their order
   * @throws DataError if none of them can be decoded
   */
  public static EncodedPictures of(String table, DataLocation location, Iterable<byte[]> first) {
    PictureChoice choice = PictureChoice.of(location.pictures());
    Optional<Pixels> picture = Optional.empty();
    for (byte[] file : first) {
      try {
        picture = Optional.of(ImageDecoder.decode(file, choice.looksAt()));
        break;
      } catch (UnreadableImage e) {
        // Not this one; it is told when all are read.
      }
    }
    if (choice.size() == null && picture.isEmpty()) {
      throw new DataError(
          "%s: expected pictures, found none that can be read in the first rows".formatted(table));
    }
    return new EncodedPictures(table, choice.completed(picture), location.faults());
  }

  /** What users should know; see {@link #of}. */
  public static Optional<String> lost(DataLocation location, byte[] first) {
    try {
      PictureChoice choice = PictureChoice.of(location.pictures());
      return choice.lost(Optional.of(ImageDecoder.decode(first, choice.looksAt())));
    } catch (UnreadableImage e) {
      return Optional.empty();
    }
  }

  /**
   * The example with its picture decoded; none if that cannot be.
   *
   * @throws DataError if it cannot, and nothing may be left out
   */
  public Iterator<Example> examples(Example encoded) {
    try {
      return List.of(new Example(encoded.id(), decoded(encoded), encoded.target())).iterator();
    } catch (UnreadableImage e) {
      if (faults == Faults.STRICT) {
        throw reject(encoded, e).error();
      }
      return List.<Example>of().iterator();
    }
  }

  /** Why the picture cannot be decoded; none if it can. */
  public Iterator<Reject> rejects(Example encoded) {
    try {
      decoded(encoded);
      return List.<Reject>of().iterator();
    } catch (UnreadableImage e) {
      return List.of(reject(encoded, e)).iterator();
    }
  }

  private Values.Bytes decoded(Example encoded) throws UnreadableImage {
    byte[] file = ((Values.Bytes) encoded.features()).values();
    return PictureExamples.whole(preprocessing.read(file));
  }

  private Reject reject(Example encoded, UnreadableImage why) {
    return new Reject("%s: example %d".formatted(table, encoded.id()), why.getMessage());
  }
}
