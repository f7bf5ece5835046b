package dev.lockstep.table;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Deal;
import dev.lockstep.data.Example;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Kept;
import dev.lockstep.data.recipe.TableRecipe;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows as examples, dealt to workers in turn, for rows often come sorted by label. An example's id
 * is its position: among the rows as they come or, where they have ids, in the order of those,
 * which then determines all.
 */
public final class RowSource implements DataSource, AutoCloseable {
  private final Kept<Example> kept;
  private final JavaRDD<Example> examples;
  private final Schema schema;
  private final long count;
  private final Optional<TableRecipe> recipe;
  private final List<String> labels;

  private RowSource(
      Kept<Example> kept,
      JavaRDD<Example> examples,
      Schema schema,
      long count,
      Optional<TableRecipe> recipe,
      List<String> labels) {
    this.recipe = recipe;
    this.labels = labels;
    this.kept = kept;
    this.examples = examples;
    this.schema = schema;
    this.count = count;
  }

  /** What rows become. */
  interface Shape {
    /**
     * The schema of examples.
     *
     * @param largestLabel for classification
     * @param targets how many values the label of the first example has
     */
    Schema of(int largestLabel, int targets);
  }

  /** Whether rows have ids, which give their order. */
  enum Ids {
    NONE,
    GIVEN
  }

  /**
   * Reads rows, once, and keeps what it reads until closed: so that positions stay what they are
   * even if the rows would come in another order when computed again.
   *
   * @param labels what the values of a label are called; empty where they have no names
   * @throws DataError if there are none, or ids are not unique
   */
  static RowSource open(
      JavaRDD<Example> read,
      Ids ids,
      Shape shape,
      Optional<TableRecipe> recipe,
      List<String> labels) {
    Kept<Example> kept = Transport.keep(read, StorageLevel.MEMORY_AND_DISK());
    JavaRDD<Example> cached = kept.values();
    long count = cached.count();
    if (count == 0) {
      kept.close();
      throw new DataError("there are no examples to train: no row can be used");
    }
    JavaRDD<Example> ordered = ids == Ids.GIVEN ? sorted(cached) : cached;
    JavaRDD<Example> numbered =
        ordered
            .zipWithIndex()
            .map(pair -> new Example(pair._2(), pair._1().features(), pair._1().target()));
    int largest = cached.map(example -> (int) example.target()[0]).reduce(Math::max);
    int targets = Transport.first(cached).target().length;
    return new RowSource(kept, numbered, shape.of(largest, targets), count, recipe, labels);
  }

  private static JavaRDD<Example> sorted(JavaRDD<Example> examples) {
    return Transport.shuffled(
            examples.keyBy(Example::id).sortByKey(true, examples.getNumPartitions()))
        .values()
        .mapPartitions(UniqueIds::new);
  }

  /** Passes sorted examples on; equal ones are in one partition. */
  private static final class UniqueIds implements Iterator<Example> {
    private final Iterator<Example> sorted;
    private Optional<Example> last = Optional.empty();

    UniqueIds(Iterator<Example> sorted) {
      this.sorted = sorted;
    }

    @Override
    public boolean hasNext() {
      return sorted.hasNext();
    }

    @Override
    public Example next() {
      Example next = sorted.next();
      if (last.filter(before -> before.id() == next.id()).isPresent()) {
        throw new DataError("idCol: expected each id once, found %d twice".formatted(next.id()));
      }
      last = Optional.of(next);
      return next;
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public JavaRDD<Example> load(JavaSparkContext spark, int partitions) {
    return Deal.byId(examples, partitions);
  }

  @Override
  public JavaRDD<Example> scan(JavaSparkContext spark) {
    return examples;
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return recipe.map(Preprocessing.class::cast);
  }

  @Override
  public void close() {
    kept.close();
  }
}
