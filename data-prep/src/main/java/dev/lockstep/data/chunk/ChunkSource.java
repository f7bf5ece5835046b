package dev.lockstep.data.chunk;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.Examples;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Files of chunks, whose examples are trained from where they are if they do not fit in memory. */
record ChunkSource(List<ChunkFile> files) implements DataSource {

  @Override
  public Schema schema() {
    return files.get(0).schema();
  }

  @Override
  public long count() {
    return files.stream().mapToLong(ChunkFile::examples).sum();
  }

  @Override
  public List<String> paths() {
    return files.stream().map(ChunkFile::path).toList();
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    long count = count();
    List<Range> ranges =
        IntStream.range(0, partitions)
            .mapToObj(
                i -> new Range(boundary(count, i, partitions), boundary(count, i + 1, partitions)))
            .toList();
    List<ChunkFile> all = files;
    return Transport.parallelize(spark, ranges, partitions).flatMap(range -> range.of(all));
  }

  private static long boundary(long count, int partition, int partitions) {
    return count / partitions * partition + count % partitions * partition / partitions;
  }

  /** Worker w of n gets every n-th chunk from the w-th on. */
  @Override
  public Optional<JavaRDD<Examples>> stored(JavaSparkContext spark, int workers, long memory) {
    List<ChunkFile> all = files;
    return Optional.of(
        Transport.parallelize(spark, IntStream.range(0, workers).boxed().toList(), workers)
            .map(worker -> share(all, worker, workers, memory)));
  }

  private static Examples share(List<ChunkFile> files, int worker, int workers, long memory) {
    ChunkTable.Builder table = new ChunkTable.Builder();
    long number = 0;
    for (ChunkFile file : files) {
      table.file(file.path());
      for (long chunk = 0; chunk < file.chunks(); chunk++) {
        if (number++ % workers == worker) {
          table.chunk(file.offset(chunk), file.rows(chunk));
        }
      }
    }
    Schema schema = files.get(0).schema();
    long chunk = (long) files.get(0).rows() * RecordLayout.of(schema).bytes();
    return ChunkedExamples.shared(
        NetworkView.of(schema), table.build(), ChunkPlan.windowOf(chunk, memory));
  }
}
