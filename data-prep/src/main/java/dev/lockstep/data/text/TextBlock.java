package dev.lockstep.data.text;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A part of a text file that one task reads: the sequences that begin in it.
 *
 * @param from offset of its first byte
 * @param to offset after its last byte
 * @param compressed whether the file is, and this is all of it
 * @param first which of the file's characters is the first of this part
 * @param id of the first sequence of the file
 * @param sequences how many the file has
 */
record TextBlock(
    String path, long from, long to, boolean compressed, long first, long id, long sequences)
    implements Serializable {
  static final long LENGTH = 4 << 20;

  /** All blocks of some files, before their characters are counted. */
  static List<TextBlock> of(List<FileStatus> files, long length, Configuration hadoop) {
    return files.stream().flatMap(file -> of(file, length, hadoop)).toList();
  }

  private static Stream<TextBlock> of(FileStatus file, long length, Configuration hadoop) {
    String path = file.getPath().toString();
    try (InputStream in = new BufferedInputStream(Locations.open(file.getPath(), hadoop))) {
      if (DataFiles.isGzipped(in)) {
        return Stream.of(new TextBlock(path, 0, Long.MAX_VALUE, true, 0, 0, 0));
      }
    } catch (IOException | FSError e) {
      throw DataFiles.unreadable(path, e);
    }
    long end = file.getLen();
    return LongStream.iterate(0, from -> from < end, from -> from + length)
        .mapToObj(from -> new TextBlock(path, from, Math.min(end, from + length), false, 0, 0, 0));
  }

  /** The text from this block on, to the end of the file. */
  Utf8Text open(Configuration hadoop) throws IOException {
    FSDataInputStream file = Locations.open(new Path(path), hadoop);
    file.seek(from);
    InputStream stored = new BufferedInputStream(file);
    return new Utf8Text(
        path, compressed ? new BufferedInputStream(new GZIPInputStream(stored)) : stored, from);
  }

  /** This block, now that one knows what comes before, and what the file has. */
  TextBlock within(long firstCharacter, long firstId, long sequencesOfFile) {
    return new TextBlock(path, from, to, compressed, firstCharacter, firstId, sequencesOfFile);
  }
}
