package dev.lockstep.data.csv;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A part of a text file that one task reads.
 *
 * @param from offset of its first byte
 * @param to offset after its last byte
 * @param gzipped then it is the whole file, and offsets are of the compressed content
 * @param firstRow the number of its first row within the data
 * @param firstLine how many lines of the file come before
 */
record CsvBlock(String path, long from, long to, boolean gzipped, long firstRow, long firstLine)
    implements Serializable {
  private static final long LENGTH = 16 << 20;

  /** All blocks of some files, before their lines are counted. */
  static List<CsvBlock> of(List<FileStatus> files, Configuration hadoop) {
    return files.stream().flatMap(file -> of(file, hadoop)).toList();
  }

  private static Stream<CsvBlock> of(FileStatus file, Configuration hadoop) {
    String path = file.getPath().toString();
    long end = file.getLen();
    if (isGzipped(file.getPath(), hadoop)) {
      return Stream.of(new CsvBlock(path, 0, end, true, 0, 0));
    }
    return split(path, end, LENGTH);
  }

  /** A file in parts of a length. */
  static Stream<CsvBlock> split(String path, long end, long length) {
    return LongStream.iterate(0, from -> from < end, from -> from + length)
        .mapToObj(from -> new CsvBlock(path, from, Math.min(end, from + length), false, 0, 0));
  }

  private static boolean isGzipped(Path path, Configuration hadoop) {
    try (InputStream in = new BufferedInputStream(Locations.open(path, hadoop))) {
      return DataFiles.isGzipped(in);
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(path.toString(), e);
    }
  }

  /** This block, now that one knows what comes before. */
  CsvBlock after(long rows, long lines) {
    return new CsvBlock(path, from, to, gzipped, rows, lines);
  }
}
