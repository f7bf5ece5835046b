package dev.lockstep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.SparkExtension;
import java.io.File;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

@ExtendWith(SparkExtension.class)
class CrewTest {
  private static final ClassTag<String> TAG = ClassTag$.MODULE$.apply(String.class);

  private static volatile boolean losesFiles;

  /** As its stored parent, whose file is deleted just before it is read. */
  private static final class LosesFiles extends RDD<String> {
    private final RDD<String> stored;

    LosesFiles(RDD<String> stored) {
      super(stored, TAG);
      this.stored = stored;
    }

    @Override
    public Partition[] getPartitions() {
      return stored.partitions();
    }

    @Override
    public Iterator<String> compute(Partition part, TaskContext task) {
      RDDBlockId id = new RDDBlockId(stored.id(), part.index());
      File file = SparkEnv.get().blockManager().diskBlockManager().getFile(id);
      assertThat(file).exists();
      if (losesFiles) {
        assertThat(file.delete()).isTrue();
      }
      return stored.iterator(part, task);
    }
  }

  @Test
  @Timeout(60)
  void a_file_that_is_lost_before_it_is_read_fails_the_task_and_is_written_again(
      JavaSparkContext spark) {
    RDD<String> stored =
        spark
            .parallelize(List.of("an element"), 1)
            .map(element -> element)
            .persist(StorageLevel.DISK_ONLY())
            .rdd();
    Crew<String> crew = new Crew<>(new LosesFiles(stored).toJavaRDD());

    losesFiles = true;
    assertThatThrownBy(() -> read(crew))
        .isInstanceOf(JobFailure.class)
        .rootCause()
        .hasMessageContaining("rdd_%d_0 was not found", stored.id());

    losesFiles = false;
    assertThat(read(crew)).containsExactly("an element");
    stored.unpersist(true);
  }

  private static List<String> read(Crew<String> crew) {
    Serializable part = crew.part(0);
    return crew.run(
        List.of(List.of()), (task, data) -> List.of(data.element(part)), () -> {}, count -> false);
  }
}
