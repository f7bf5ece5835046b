package dev.lockstep.data.chunk;

import dev.lockstep.data.Example;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Kept;
import java.util.List;
import java.util.UUID;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Workers' examples in chunks on the local disks of executors, one element a partition. Spark keeps
 * of each share where it is, and so sends tasks there; where a task runs elsewhere, or the files
 * are gone, the share is written anew from its source, to the same bytes.
 */
public final class ChunkedRdd extends RDD<Examples> {
  private static final long serialVersionUID = 1;
  private static final ClassTag<Examples> TAG = ClassTag$.MODULE$.apply(Examples.class);

  private final String id;

  /** Writes each time it is asked, unless the share is here. */
  private final RDD<Examples> writing;

  /** What was written once. */
  private final RDD<Examples> written;

  private final transient Kept<Examples> kept;

  private ChunkedRdd(String id, RDD<Examples> writing, Kept<Examples> kept) {
    super(kept.values().rdd(), TAG);
    this.id = id;
    this.writing = writing;
    this.kept = kept;
    written = firstParent(TAG);
  }

  /**
   * Writes every partition where it is computed; lazy.
   *
   * @param plan for the largest partition
   */
  public static ChunkedRdd of(JavaRDD<Example> examples, Schema schema, ChunkPlan plan) {
    String id = UUID.randomUUID().toString();
    JavaRDD<Examples> writing =
        examples.mapPartitionsWithIndex(
            (worker, part) ->
                List.<Examples>of(LocalChunks.write(id, worker, plan, schema, part)).iterator(),
            true);
    return new ChunkedRdd(
        id, writing.rdd(), Transport.keep(writing, StorageLevel.MEMORY_AND_DISK()));
  }

  /** Of the data set, for {@link LocalChunks#keepOnly}. */
  public String dataId() {
    return id;
  }

  /** Forgets where the shares are. */
  public void forget() {
    kept.close();
  }

  @Override
  public Partition[] getPartitions() {
    return written.partitions();
  }

  @Override
  public Iterator<Examples> compute(Partition share, TaskContext task) {
    Examples here = LocalChunks.find(id, share.index());
    if (here == null) {
      here = written.iterator(share, task).next();
    }
    return here instanceof ChunkedExamples chunked && !chunked.isHere()
        ? writing.compute(share, task)
        : Iterator$.MODULE$.single(here);
  }
}
