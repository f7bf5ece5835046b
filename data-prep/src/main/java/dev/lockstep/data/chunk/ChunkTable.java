package dev.lockstep.data.chunk;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the chunks of a worker are.
 *
 * @param files as URIs
 * @param file by chunk, which of the files it is in
 * @param offset by chunk, where in its file it begins
 * @param rows by chunk, how many examples it has; at least 1
 */
record ChunkTable(List<String> files, int[] file, long[] offset, int[] rows)
    implements Serializable {

  /**
   * Of a file whose chunks lie at equal distances.
   *
   * @param rows by place, how many examples there are; 0 for none
   * @param most for how many there is room
   */
  static ChunkTable ofFile(String file, int[] rows, int most, int record) {
    Builder builder = new Builder();
    builder.file(file);
    for (int chunk = 0; chunk < rows.length; chunk++) {
      if (rows[chunk] > 0) {
        builder.chunk(chunk * ((long) most * record + ChunkWriter.TRAILER), rows[chunk]);
      }
    }
    return builder.build();
  }

  /** Takes in chunks, one after the other. */
  static final class Builder {
    private final List<String> files = new ArrayList<>();
    private int[] file = new int[16];
    private long[] offset = new long[16];
    private int[] rows = new int[16];
    private int count;

    /** The file of the chunks that come next. */
    void file(String uri) {
      files.add(uri);
    }

    void chunk(long at, int examples) {
      if (count == rows.length) {
        file = Arrays.copyOf(file, 2 * count);
        offset = Arrays.copyOf(offset, 2 * count);
        rows = Arrays.copyOf(rows, 2 * count);
      }
      file[count] = files.size() - 1;
      offset[count] = at;
      rows[count++] = examples;
    }

    ChunkTable build() {
      return new ChunkTable(
          List.copyOf(files),
          Arrays.copyOf(file, count),
          Arrays.copyOf(offset, count),
          Arrays.copyOf(rows, count));
    }
  }

  int chunks() {
    return rows.length;
  }

  /** Examples of the largest chunk. */
  int largest() {
    return Arrays.stream(rows).max().orElse(1);
  }

  /** The numbers of the first examples of all chunks, and how many examples there are. */
  int[] starts() {
    int[] starts = new int[rows.length + 1];
    for (int chunk = 0; chunk < rows.length; chunk++) {
      starts[chunk + 1] = Math.addExact(starts[chunk], rows[chunk]);
    }
    return starts;
  }
}
