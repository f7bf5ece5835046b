package dev.lockstep.data.chunk;

import dev.lockstep.data.Example;
import dev.lockstep.data.NetworkView;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Examples that follow each other in files of chunks.
 *
 * @param from number of the first over all files
 * @param to after the last
 */
record Range(long from, long to) implements Serializable {

  /** The examples, of which one chunk at a time is in memory. */
  Iterator<Example> of(List<ChunkFile> files) {
    ChunkTable.Builder table = new ChunkTable.Builder();
    long at = 0;
    long first = -1;
    for (ChunkFile file : files) {
      table.file(file.path());
      for (long chunk = 0; chunk < file.chunks() && at < to; chunk++) {
        int rows = file.rows(chunk);
        if (at + rows > from) {
          first = first < 0 ? at : first;
          table.chunk(file.offset(chunk), rows);
        }
        at += rows;
      }
    }
    ChunkedExamples examples =
        ChunkedExamples.shared(NetworkView.of(files.get(0).schema()), table.build(), 1);
    long begin = from - Math.max(0, first);
    return LongStream.range(begin, begin + to - from)
        .mapToObj(index -> examples.example((int) index))
        .iterator();
  }
}
