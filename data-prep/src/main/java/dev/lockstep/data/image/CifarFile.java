package dev.lockstep.data.image;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Example;
import dev.lockstep.data.Locations;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A binary file of CIFAR-10 or CIFAR-100 (Krizhevsky 2009): records of one label, or of a coarse
 * and a fine one, and 3 planes of 32 by 32 bytes, red, green and blue.
 *
 * @param first the number of its first record within the data set
 * @param labels bytes before each picture, of which the last is the class: 1 or 2
 */
record CifarFile(String path, long first, int records, int labels) implements Serializable {
  static final int SIDE = 32;
  static final int PIXELS = 3 * SIDE * SIDE;
  private static final int BUFFER = 1 << 18;

  /**
   * By its length.
   *
   * @throws DataError if no whole number of records has it
   */
  static CifarFile of(FileStatus file, long first) {
    for (int labels = 1; labels <= 2; labels++) {
      long records = file.getLen() / (labels + PIXELS);
      if (records > 0 && file.getLen() % (labels + PIXELS) == 0) {
        return new CifarFile(file.getPath().toString(), first, Math.toIntExact(records), labels);
      }
    }
    throw new DataError(
        "%s: expected whole records of CIFAR, of %d or %d bytes, found %d bytes: is the file cut off?"
            .formatted(
                DataFiles.name(file.getPath().toString()), 1 + PIXELS, 2 + PIXELS, file.getLen()));
  }

  /** The number after that of the last record within the data set. */
  long end() {
    return first + records;
  }

  /**
   * Reads records, within a task.
   *
   * @param from number within the data set
   * @param to one after the last
   * @param numbers of classes by the labels in the file
   */
  Iterator<Example> read(long from, long to, int[] numbers) {
    Configuration hadoop = SparkHadoopUtil.get().conf();
    try {
      InputStream file = Locations.open(new Path(path), hadoop);
      file.skipNBytes((from - first) * (labels + PIXELS));
      return new Records(
          new DataInputStream(new BufferedInputStream(file, BUFFER)), from, to, numbers);
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(path, e);
    }
  }

  private final class Records implements Iterator<Example> {
    private final DataInputStream in;
    private final long to;
    private final int[] numbers;
    private long next;

    Records(DataInputStream in, long from, long to, int[] numbers) {
      this.in = in;
      this.to = to;
      this.numbers = numbers;
      next = from;
    }

    @Override
    public boolean hasNext() {
      return next < to;
    }

    @Override
    public Example next() {
      if (next >= to) {
        throw new NoSuchElementException();
      }
      byte[] record = new byte[labels + PIXELS];
      try {
        in.readFully(record);
        if (next + 1 == to) {
          in.close();
        }
      } catch (EOFException e) {
        throw new DataError(
            "%s: expected %d records, found %d".formatted(name(), records, next - first), e);
      } catch (IOException | FSError e) {
        throw DataFiles.unreadable(path, e);
      }
      int label = record[labels - 1] & 0xff;
      if (label >= numbers.length) {
        throw new DataError(
            "%s: offset %d: expected a class from 0 to %d, found %d"
                .formatted(
                    name(),
                    (next - first) * record.length + labels - 1,
                    numbers.length - 1,
                    label));
      }
      byte[] pixels = Arrays.copyOfRange(record, labels, record.length);
      return Example.image(next++, pixels, numbers[label]);
    }

    private String name() {
      return DataFiles.name(path);
    }
  }
}
