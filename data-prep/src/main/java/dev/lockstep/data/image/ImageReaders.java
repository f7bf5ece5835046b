package dev.lockstep.data.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * ImageIO's readers, which are kept for the next file: to make and to dispose of one takes as long
 * as to read a small picture.
 */
final class ImageReaders {
  /** Readers that nobody uses, by format; plugins come first, since they read more than the JDK. */
  private static final Map<ImageReaderSpi, Queue<ImageReader>> IDLE = new LinkedHashMap<>();

  static {
    // Readers that come as plugins, also where a jar was added after the JVM's start.
    ImageIO.scanForPlugins();
    ImageIO.setUseCache(false);
    boolean ordered = true;
    List<ImageReaderSpi> formats = new ArrayList<>();
    IIORegistry.getDefaultInstance()
        .getServiceProviders(ImageReaderSpi.class, ordered)
        .forEachRemaining(formats::add);
    formats.sort(Comparator.comparing(ImageReaders::isJdks));
    formats.forEach(format -> IDLE.put(format, new ConcurrentLinkedQueue<>()));
  }

  private ImageReaders() {}

  private static boolean isJdks(ImageReaderSpi format) {
    return format.getClass().getModule().isNamed();
  }

  /** What is done with a reader that has its input. */
  interface Reading<T> {
    T from(ImageReader reader) throws IOException, UnreadableImage;
  }

  /**
   * Lets read a file with the first reader that knows its format.
   *
   * @throws UnreadableImage if there is none
   */
  static <T> T read(ImageInputStream in, Reading<T> reading) throws IOException, UnreadableImage {
    ImageReaderSpi format = format(in);
    Queue<ImageReader> idle = IDLE.get(format);
    ImageReader kept = idle.poll();
    ImageReader reader = kept == null ? format.createReaderInstance() : kept;
    try {
      reader.setInput(in, true, true);
      T image = reading.from(reader);
      reader.reset();
      idle.add(reader);
      reader = null;
      return image;
    } finally {
      // What a damaged file leaves behind in a reader, nobody knows.
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  private static ImageReaderSpi format(ImageInputStream in) throws IOException, UnreadableImage {
    for (ImageReaderSpi format : IDLE.keySet()) {
      if (knows(format, in)) {
        return format;
      }
    }
    throw new UnreadableImage("is not a picture of a known format");
  }

  private static boolean knows(ImageReaderSpi format, ImageInputStream in) throws IOException {
    in.mark();
    try {
      return format.canDecodeInput(in);
    } catch (IOException e) {
      // A file that ends before its format can be told is of another, as ImageIO takes it too.
      return false;
    } finally {
      in.reset();
    }
  }
}
