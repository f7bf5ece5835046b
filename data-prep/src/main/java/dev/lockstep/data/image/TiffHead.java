package dev.lockstep.data.image;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import javax.imageio.stream.ImageInputStream;

/** What a TIFF file says of its samples; the JDK's reader allocates by it without looking. */
final class TiffHead {
  private static final int MAX_BITS = 16;
  private static final int MAX_SAMPLES = 5;

  private TiffHead() {}

  /**
   * Does nothing for other files.
   *
   * @throws UnreadableImage if pixels have more, or larger, samples than pictures have
   */
  static void check(byte[] content) throws IOException, UnreadableImage {
    if (!isTiff(content)) {
      return;
    }
    try (ImageInputStream in = new ByteArrayImageInputStream(content)) {
      Directory first = ((CompoundDirectory) new TIFFReader().read(in)).getDirectory(0);
      check("bits in a sample", largest(first, TIFF.TAG_BITS_PER_SAMPLE), MAX_BITS);
      check("samples in a pixel", largest(first, TIFF.TAG_SAMPLES_PER_PIXEL), MAX_SAMPLES);
    }
  }

  /** Whether a file is a TIFF by its first bytes. */
  static boolean isTiff(byte[] content) {
    return content.length > 3
        && content[0] == content[1]
        && (content[0] == 'I' && content[2] == 42 || content[0] == 'M' && content[3] == 42);
  }

  private static void check(String what, long found, int limit) throws UnreadableImage {
    if (found > limit) {
      throw new UnreadableImage("has %d %s, more than %d".formatted(found, what, limit));
    }
  }

  /** The largest value of a tag; 1, the standard's default, if there is none. */
  private static long largest(Directory directory, int tag) {
    Entry entry = directory.getEntryById(tag);
    Object value = entry == null ? 1 : entry.getValue();
    if (!value.getClass().isArray()) {
      return ((Number) value).longValue();
    }
    long largest = 0;
    for (int i = 0; i < Array.getLength(value); i++) {
      largest = Math.max(largest, ((Number) Array.get(value, i)).longValue());
    }
    return largest;
  }
}
