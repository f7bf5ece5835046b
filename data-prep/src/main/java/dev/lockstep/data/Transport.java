package dev.lockstep.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.storage.StorageLevel;

/**
 * How values travel between the driver and tasks, whatever {@code spark.serializer} is. Kryo can
 * fill neither records nor the unmodifiable collections of the JDK, and may be told to refuse every
 * class that a program has not registered. So they travel within Spark's {@link
 * SerializableWritable}, which Spark itself registers with Kryo, to be written by Java
 * serialisation.
 */
public final class Transport {
  private Transport() {}

  /** What Spark's serializer sees of a value; not for others, but Hadoop makes it by its name. */
  private static final class Sent<T> implements Writable {
    private T value;

    private static <T> SerializableWritable<Sent<T>> of(T value) {
      Sent<T> sent = new Sent<>();
      sent.value = value;
      return new SerializableWritable<>(sent);
    }

    /** The stream is Java's own, within which Spark has begun to write the carrier. */
    @Override
    public void write(DataOutput out) throws IOException {
      ((ObjectOutput) out).writeObject(value);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readFields(DataInput in) throws IOException {
      try {
        value = (T) ((ObjectInput) in).readObject();
      } catch (ClassNotFoundException e) {
        throw new IOException(e);
      }
    }
  }

  /** A value that every process gets once. */
  public static final class Shared<T> implements Serializable {
    private final Broadcast<SerializableWritable<Sent<T>>> sent;

    private Shared(Broadcast<SerializableWritable<Sent<T>>> sent) {
      this.sent = sent;
    }

    /** The value, as this process has it. */
    public T value() {
      return sent.value().value().value;
    }

    /** Frees it everywhere. */
    public void destroy() {
      sent.destroy();
    }
  }

  /** Elements that are computed once and kept. */
  public static final class Kept<T> implements AutoCloseable {
    private final JavaRDD<SerializableWritable<Sent<T>>> stored;

    private Kept(JavaRDD<SerializableWritable<Sent<T>>> stored) {
      this.stored = stored;
    }

    /** The elements. */
    public JavaRDD<T> values() {
      return unpacked(stored);
    }

    @Override
    public void close() {
      stored.unpersist();
    }
  }

  /** Runs a job for all elements. */
  public interface Job {
    /** What each of them is, in their order. */
    <S> List<S> collect(JavaRDD<S> elements);
  }

  /** Distributes values of the driver, contiguously. */
  public static <T> JavaRDD<T> parallelize(JavaSparkContext spark, List<T> values, int partitions) {
    return unpacked(spark.parallelize(values.stream().map(Sent::of).toList(), partitions));
  }

  /** What tasks make of each value, in the order of the values; runs a job. */
  public static <T, R> List<R> map(
      JavaSparkContext spark, List<T> values, int tasks, Function<T, R> function) {
    return collect(parallelize(spark, values, tasks).map(function));
  }

  /** All elements, in their order; runs a job. */
  public static <T> List<T> collect(JavaRDD<T> elements) {
    return collect(elements, JavaRDD::collect);
  }

  /** All elements, in their order, by a job that someone else runs. */
  public static <T> List<T> collect(JavaRDD<T> elements, Job job) {
    return job.collect(elements.map(Sent::of)).stream().map(sent -> sent.value().value).toList();
  }

  /** The first element; runs a job. */
  public static <T> T first(JavaRDD<T> elements) {
    return elements.map(Sent::of).first().value().value;
  }

  /** Sends a value to every process that asks for it. */
  public static <T> Shared<T> share(JavaSparkContext spark, T value) {
    return new Shared<>(spark.broadcast(Sent.of(value)));
  }

  /** Keeps elements when they have been computed; lazy. */
  public static <T> Kept<T> keep(JavaRDD<T> elements, StorageLevel storage) {
    return new Kept<>(elements.map(Sent::of).persist(storage));
  }

  /** What has just been shuffled, to be written by Java serialisation on its way. */
  public static <K, V> JavaPairRDD<K, V> shuffled(JavaPairRDD<K, V> pairs) {
    if (pairs.rdd() instanceof ShuffledRDD<?, ?, ?> shuffle) {
      shuffle.setSerializer(new JavaSerializer(pairs.context().getConf()));
    }
    return pairs;
  }

  private static <T> JavaRDD<T> unpacked(JavaRDD<SerializableWritable<Sent<T>>> elements) {
    return elements.map(sent -> sent.value().value);
  }
}
