package dev.lockstep.data.idx;

import dev.lockstep.data.Example;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.util.TaskCompletionListener;

/** Reads a slice example by example, within a task. */
final class SliceReader implements Iterator<Example> {
  private final Slice slice;
  private final Target target;
  private final ItemReader data;
  private final ItemReader labels;
  private int next;
  private boolean ended;

  SliceReader(Slice slice, Target target) {
    this.slice = slice;
    this.target = target;
    Configuration hadoop = SparkHadoopUtil.get().conf();
    data = slice.shard().data().items(slice.from(), hadoop);
    labels = slice.shard().labels().items(slice.from(), hadoop);
    next = slice.from();
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close());
  }

  @Override
  public boolean hasNext() {
    if (next == slice.to() && !ended) {
      ended = true;
      if (slice.isLast()) {
        data.expectEnd();
        labels.expectEnd();
      }
      close();
    }
    return next < slice.to();
  }

  @Override
  public Example next() {
    if (next >= slice.to()) {
      throw new NoSuchElementException();
    }
    long id = slice.shard().first() + next++;
    return new Example(id, data.nextFeatures(), target.read(slice.shard().labels(), labels));
  }

  private void close() {
    data.close();
    labels.close();
  }
}
