package dev.lockstep.spark;

import dev.lockstep.data.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.ThreadUtils;
import scala.Function0;
import scala.Function1;
import scala.Function2;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Tasks of a plain stage over an RDD, of which none has a partition of its own: each learns while
 * it runs which it is to read. A job of them is over when enough have brought what they bring.
 *
 * @param <T> the elements of the RDD, one a partition
 */
public final class Crew<T> {
  private static final long LOOK_MILLIS = 20;
  private static final String EXECUTOR = "executor_";

  private final RDD<T> data;
  private final Partition[] parts;

  public Crew(JavaRDD<T> data) {
    this.data = data.rdd();
    parts = this.data.partitions();
  }

  /** What a task does. */
  public interface Work<T, R> extends Serializable {
    /**
     * Does it.
     *
     * @return one thing or none
     */
    List<R> run(TaskContext task, Reader<T> data);
  }

  /** How a task reads the RDD. */
  public interface Reader<T> {
    /** The element of a partition, which is stored in this process from now on if the RDD is. */
    T element(Serializable part);
  }

  /** A partition, to be taken to the task that reads it. */
  public Serializable part(int number) {
    return parts[number];
  }

  /** Where a partition is stored, in Spark's words. */
  public List<String> places(int number) {
    return ScalaLists.of(data.sparkContext().getPreferredLocs(data, number)).stream()
        .map(Object::toString)
        .toList();
  }

  /** Whether a place is an executor. */
  public static boolean isOn(String place, String executor) {
    return place.startsWith(EXECUTOR) && place.endsWith("_" + executor);
  }

  /**
   * Runs tasks, as soon as Spark has a slot for each.
   *
   * @param places where each is wanted to run, if that is possible at once; by task
   * @param watch looked at while they run; what it throws cancels all of them
   * @param enough whether so many things are all that are wanted; the other tasks are cancelled
   * @return what they have brought, by task
   * @throws JobFailure if Spark gives up
   */
  public <R> List<R> run(
      List<List<String>> places, Work<T, R> work, Runnable watch, IntPredicate enough) {
    JavaRDD<R> tasks = new Tasks<>(data, places, work).toJava();
    return Transport.collect(
        tasks,
        new Transport.Job() {
          @Override
          public <S> List<S> collect(JavaRDD<S> brought) {
            return await(brought.rdd(), places.size(), watch, enough);
          }
        });
  }

  private static <S> List<S> await(RDD<S> brought, int tasks, Runnable watch, IntPredicate enough) {
    Map<Integer, Object[]> results = new ConcurrentSkipListMap<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    SimpleFutureAction<Void> job = submit(brought, tasks, results);
    job.onComplete(
        ended -> {
          if (ended.isSuccess()) {
            done.complete(null);
          } else {
            done.completeExceptionally(ended.failed().get());
          }
          return null;
        },
        ThreadUtils.sameThread());
    try {
      while (!enough.test(results.values().stream().mapToInt(each -> each.length).sum())) {
        try {
          done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          break;
        } catch (TimeoutException e) {
          watch.run();
        }
      }
      return elements(new TreeMap<>(results).values());
    } catch (ExecutionException e) {
      throw new JobFailure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a job ran", e);
    } finally {
      if (!done.isDone()) {
        job.cancel();
      }
    }
  }

  @SuppressWarnings("unchecked") // as tasks have made them
  private static <S> List<S> elements(Collection<Object[]> results) {
    return results.stream().flatMap(Arrays::stream).map(element -> (S) element).toList();
  }

  private static <S> SimpleFutureAction<Void> submit(
      RDD<S> brought, int tasks, Map<Integer, Object[]> results) {
    // An array, since any serializer of Spark's knows it.
    Function1<Iterator<S>, Object[]> all =
        (Function1<Iterator<S>, Object[]> & Serializable)
            elements -> {
              List<S> list = new ArrayList<>();
              while (elements.hasNext()) {
                list.add(elements.next());
              }
              return list.toArray();
            };
    Function2<Object, Object[], BoxedUnit> take =
        (task, elements) -> {
          results.put((Integer) task, elements);
          return BoxedUnit.UNIT;
        };
    Function0<Void> nothing = () -> null;
    return brought.sparkContext().submitJob(brought, all, numbers(tasks), take, nothing);
  }

  private static Seq<Object> numbers(int count) {
    List<Object> numbers = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    return ScalaLists.seq(numbers);
  }

  /** A tag of Object will do for elements that are objects. */
  private static <S> ClassTag<S> any() {
    return ClassTag$.MODULE$.apply(Object.class);
  }

  private record Number(int index) implements Partition {}

  private static final class Tasks<T, R> extends RDD<R> {
    private final RDD<T> data;
    private final List<List<String>> places;
    private final Work<T, R> work;

    Tasks(RDD<T> data, List<List<String>> places, Work<T, R> work) {
      super(
          data.sparkContext(),
          ScalaLists.seq(List.<Dependency<?>>of(new AnyOf<>(data))),
          Crew.<R>any());
      this.data = data;
      this.places = new ArrayList<>(places);
      this.work = work;
      setName("workers");
    }

    JavaRDD<R> toJava() {
      return JavaRDD.fromRDD(this, Crew.<R>any());
    }

    @Override
    public Partition[] getPartitions() {
      return IntStream.range(0, places.size()).mapToObj(Number::new).toArray(Partition[]::new);
    }

    @Override
    public Seq<String> getPreferredLocations(Partition task) {
      return ScalaLists.seq(places.get(task.index()));
    }

    @Override
    public Iterator<R> compute(Partition number, TaskContext task) {
      List<R> brought = work.run(task, part -> element((Partition) part, task));
      return ScalaLists.seq(brought).iterator();
    }

    private T element(Partition part, TaskContext task) {
      bringHere(data, part, task);
      return data.iterator(part, task).next();
    }

    /**
     * Spark stores a partition where it was computed, and reads it from there ever after. It could
     * also store it here while it is read, but not safely: the reader holds a lock, and if the file
     * is lost meanwhile, Spark waits in the same task, for ever, until the lock is free.
     */
    private static <S> void bringHere(RDD<S> rdd, Partition part, TaskContext task) {
      StorageLevel level = rdd.getStorageLevel();
      if (!level.isValid()) {
        List<Dependency<?>> parents = ScalaLists.of(rdd.dependencies());
        if (parents.size() == 1 && parents.get(0) instanceof OneToOneDependency<?> parent) {
          bringHere(parent.rdd(), part, task);
        }
        return;
      }
      BlockManager here = SparkEnv.get().blockManager();
      RDDBlockId id = new RDDBlockId(rdd.id(), part.index());
      if (here.getStatus(id).isEmpty()) {
        Option<BlockResult> elsewhere = here.getRemoteValues(id, any());
        @SuppressWarnings("unchecked") // as they were stored
        Iterator<S> elements =
            elsewhere.isDefined()
                ? (Iterator<S>) elsewhere.get().data()
                : rdd.computeOrReadCheckpoint(part, task);
        here.putIterator(id, elements, level, true, any());
      }
    }
  }

  /**
   * A task may read any partition: all are looked at when Spark wonders what has to be computed.
   */
  private static final class AnyOf<T> extends NarrowDependency<T> {
    private final int count;

    AnyOf(RDD<T> data) {
      super(data);
      count = data.partitions().length;
    }

    @Override
    public Seq<Object> getParents(int task) {
      return numbers(count);
    }
  }
}
