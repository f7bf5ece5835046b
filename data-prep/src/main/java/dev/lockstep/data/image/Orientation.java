package dev.lockstep.data.image;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * How a camera was held.
 *
 * @param exif 1 upright, 2 to 8 turned or mirrored: the EXIF tag 0x0112
 */
record Orientation(int exif) {
  private static final Orientation UPRIGHT = new Orientation(1);
  private static final byte[] NONE = {};
  private static final byte[] NAME = {'E', 'x', 'i', 'f', 0, 0};

  /** Of a JPEG, TIFF, PNG or WebP file that says so; upright for all others. */
  static Orientation of(byte[] content) {
    try {
      byte[] exif = exif(content);
      return exif.length == 0 ? UPRIGHT : ofTiff(exif);
    } catch (IOException | RuntimeException e) {
      // What a camera noted beside the picture may be wrong while the picture is whole.
      return UPRIGHT;
    }
  }

  /** What is noted in the form of a TIFF file, as EXIF is; nothing if there is none. */
  private static byte[] exif(byte[] content) throws IOException {
    boolean jpeg = content.length > 2 && (content[0] & 0xff) == 0xff && (content[1] & 0xff) == 0xd8;
    if (jpeg) {
      return ofJpeg(content);
    }
    if (TiffHead.isTiff(content)) {
      return content;
    }
    return FileChunk.find(content, FileChunk.isPng(content) ? "eXIf" : "EXIF")
        .map(chunk -> Arrays.copyOfRange(content, chunk.data(), (int) chunk.end()))
        .map(Orientation::withoutName)
        .orElse(NONE);
  }

  private static byte[] ofJpeg(byte[] content) throws IOException {
    try (ImageInputStream in = new ByteArrayImageInputStream(content)) {
      List<JPEGSegment> exif = JPEGSegmentUtil.readSegments(in, JPEG.APP1, "Exif");
      if (exif.isEmpty()) {
        return NONE;
      }
      try (InputStream data = exif.get(0).data()) {
        data.skipNBytes(1);
        return data.readAllBytes();
      }
    }
  }

  /** Some programs write the name of JPEG's segment here too. */
  private static byte[] withoutName(byte[] exif) {
    boolean named = exif.length > NAME.length && Arrays.mismatch(exif, NAME) == NAME.length;
    return named ? Arrays.copyOfRange(exif, NAME.length, exif.length) : exif;
  }

  private static Orientation ofTiff(byte[] tiff) throws IOException {
    try (ImageInputStream in = new ByteArrayImageInputStream(tiff)) {
      CompoundDirectory directory = (CompoundDirectory) new TIFFReader().read(in);
      Entry entry = directory.getDirectory(0).getEntryById(TIFF.TAG_ORIENTATION);
      int value = entry == null ? 1 : ((Number) entry.getValue()).intValue();
      return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
    }
  }

  /** Whether a picture stays as it is stored. */
  boolean isUpright() {
    return exif == 1;
  }

  /** Turns a picture upright. */
  Pixels apply(Pixels picture) {
    return isUpright() ? picture : picture.each(this::turned);
  }

  private Plane turned(Plane image) {
    boolean turned = exif >= 5;
    int width = turned ? image.height() : image.width();
    int height = turned ? image.width() : image.height();
    float[] upright = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        upright[y * width + x] = source(image, x, y);
      }
    }
    return new Plane(width, height, upright);
  }

  /** The stored pixel that is seen at a place of the upright picture. */
  private float source(Plane image, int x, int y) {
    int right = image.width() - 1;
    int bottom = image.height() - 1;
    return switch (exif) {
      case 2 -> image.at(right - x, y);
      case 3 -> image.at(right - x, bottom - y);
      case 4 -> image.at(x, bottom - y);
      case 5 -> image.at(y, x);
      case 6 -> image.at(y, bottom - x);
      case 7 -> image.at(right - y, bottom - x);
      default -> image.at(right - y, x);
    };
  }
}
