package dev.lockstep.predict.plan;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.predict.PictureFile;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Names of pictures, a JSON object a line, compressed chunk by chunk: a gzip file that can be
 * entered at each chunk.
 */
final class PlanFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PlanFile() {}

  /**
   * Writes a file.
   *
   * @param limit what a chunk may cost; a picture that costs more is one by itself
   * @return chunks without numbers
   */
  static List<PlanChunk> write(
      Path file, Iterator<PictureFile> pictures, long limit, Configuration hadoop)
      throws IOException {
    List<PlanChunk> chunks = new ArrayList<>();
    List<PictureFile> some = new ArrayList<>();
    long cost = 0;
    try (FSDataOutputStream out = file.getFileSystem(hadoop).create(file)) {
      while (pictures.hasNext()) {
        PictureFile picture = pictures.next();
        if (!some.isEmpty() && cost + picture.cost() > limit) {
          chunks.add(write(some, file, out));
          some.clear();
          cost = 0;
        }
        some.add(picture);
        cost += picture.cost();
      }
      if (!some.isEmpty()) {
        chunks.add(write(some, file, out));
      }
    }
    return chunks;
  }

  private static PlanChunk write(List<PictureFile> pictures, Path file, FSDataOutputStream out)
      throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (SequenceWriter lines =
        JSON.writerFor(PictureFile.class)
            .withRootValueSeparator("\n")
            .writeValues(new GZIPOutputStream(compressed))) {
      lines.writeAll(pictures);
    }
    long offset = out.getPos();
    compressed.writeTo(out);
    return new PlanChunk(0, file.toString(), offset, compressed.size(), pictures.size(), 0);
  }

  /** Names that can be read once, one by one. */
  record Names(MappingIterator<PictureFile> lines) implements Iterator<PictureFile>, Closeable {
    @Override
    public boolean hasNext() {
      return lines.hasNext();
    }

    @Override
    public PictureFile next() {
      return lines.next();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  static Names read(PlanChunk chunk, Configuration hadoop) throws IOException {
    Path file = new Path(chunk.file());
    FSDataInputStream in = file.getFileSystem(hadoop).open(file);
    in.seek(chunk.offset());
    return new Names(
        JSON.readerFor(PictureFile.class)
            .readValues(
                new GZIPInputStream(
                    BoundedInputStream.builder()
                        .setInputStream(in)
                        .setMaxCount(chunk.length())
                        .get())));
  }
}
