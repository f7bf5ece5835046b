package dev.lockstep.models.file;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.file.StoredNormalizer.Scaling;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Reads the entry {@code normalizer.bin} of a model zip, as DL4J's {@code NormalizerSerializer}
 * writes it, by its bytes: DL4J itself would construct any class that a file names.
 */
final class NormalizerReader {
  static final String ENTRY = "normalizer.bin";
  private static final String HEADER = "NORMALIZER";
  private static final int VERSION = 1;

  /** ND4J's {@code EPS_THRESHOLD}, which DL4J takes for the range of what does not vary. */
  private static final float LEAST_RANGE = 1e-5f;

  private final Path path;
  private final DataInputStream in;

  private NormalizerReader(Path path, byte[] content) {
    this.path = path;
    in = new DataInputStream(new ByteArrayInputStream(content));
  }

  /**
   * @throws ModelError if it is none, or of a kind that cannot be told as data
   */
  static StoredNormalizer read(Path path, byte[] content) {
    try {
      return new NormalizerReader(path, content).read();
    } catch (IOException e) {
      throw new ModelError("%s: %s: is no normalizer of DL4J".formatted(path, ENTRY), e);
    }
  }

  private StoredNormalizer read() throws IOException {
    if (!in.readUTF().equals(HEADER) || in.readInt() != VERSION) {
      throw new IOException("another header");
    }
    String kind = in.readUTF();
    switch (kind) {
      case "STANDARDIZE" -> {
        boolean labels = in.readBoolean();
        Scaling features = standard();
        return new StoredNormalizer(
            kind, features, labels ? Optional.of(standard()) : Optional.empty());
      }
      case "MIN_MAX" -> {
        boolean labels = in.readBoolean();
        double least = in.readDouble();
        double most = in.readDouble();
        Scaling features = range(least, most);
        return new StoredNormalizer(
            kind, features, labels ? Optional.of(range(least, most)) : Optional.empty());
      }
      case "IMAGE_MIN_MAX" -> {
        double least = in.readDouble();
        double most = in.readDouble();
        float[] brightest = {(float) in.readDouble()};
        Scaling pixels =
            new Scaling(new float[1], brightest, (float) (most - least), (float) least);
        return new StoredNormalizer(kind, pixels, Optional.empty());
      }
      default ->
          throw new ModelError(
              "%s: %s: expected a normalizer of kind STANDARDIZE, MIN_MAX or IMAGE_MIN_MAX, found %s"
                  .formatted(path, ENTRY, kind));
    }
  }

  private Scaling standard() throws IOException {
    float[] mean = array();
    float[] deviation = array();
    expectEqual(mean, deviation);
    for (int i = 0; i < deviation.length; i++) {
      // As DL4J: what does not vary is only shifted.
      deviation[i] = deviation[i] == 0 ? 1 : deviation[i];
    }
    return new Scaling(mean, deviation, 1, 0);
  }

  private Scaling range(double least, double most) throws IOException {
    float[] lower = array();
    float[] upper = array();
    expectEqual(lower, upper);
    for (int i = 0; i < upper.length; i++) {
      upper[i] = Math.max(LEAST_RANGE, upper[i] - lower[i]);
    }
    return new Scaling(lower, upper, (float) (most - least), (float) least);
  }

  private static void expectEqual(float[] a, float[] b) throws IOException {
    if (a.length == 0 || a.length != b.length) {
      throw new IOException("arrays of %d and %d values".formatted(a.length, b.length));
    }
  }

  /** An ND4J array is two buffers, its shape and its values, each with its length before it. */
  private float[] array() throws IOException {
    buffer();
    return buffer();
  }

  private float[] buffer() throws IOException {
    in.readUTF();
    long length = in.readLong();
    DataType type;
    try {
      type = DataType.valueOf(in.readUTF());
    } catch (IllegalArgumentException e) {
      throw new IOException("no type of ND4J", e);
    }
    if (length < 0 || length > in.available() / type.width()) {
      throw new IOException("%d values in %d bytes".formatted(length, in.available()));
    }
    float[] values = new float[(int) length];
    for (int i = 0; i < length; i++) {
      values[i] =
          switch (type) {
            case LONG -> in.readLong();
            case FLOAT -> in.readFloat();
            case DOUBLE -> (float) in.readDouble();
            default -> throw new IOException("values of type " + type);
          };
    }
    return values;
  }
}
