package dev.lockstep.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collective.Rendezvous.Ticket;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.spark.Crew;
import dev.lockstep.spark.TaskSlots;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class StageCollectiveTest {
  private static final List<String> EVENTS = new CopyOnWriteArrayList<>();
  private static CountDownLatch firstIsPrepared;

  @BeforeEach
  void forget() {
    EVENTS.clear();
    firstIsPrepared = new CountDownLatch(1);
  }

  @Test
  void no_host_works_before_all_are_prepared(JavaSparkContext spark) {
    run(
        spark,
        seat -> {
          if (seat.host() == 0) {
            firstIsPrepared.countDown();
          } else {
            await(firstIsPrepared);
          }
          EVENTS.add("prepared");
          return seat;
        });

    assertThat(EVENTS).containsExactly("prepared", "prepared", "work", "work");
  }

  @Test
  void a_host_that_cannot_prepare_itself_ends_the_meeting_with_its_reason(JavaSparkContext spark) {
    assertThatThrownBy(
            () ->
                run(
                    spark,
                    seat -> {
                      if (seat.host() == 1) {
                        throw new IllegalStateException("nothing to read");
                      }
                      return seat;
                    }))
        .isInstanceOf(MeetingFailure.class)
        .hasRootCauseMessage("nothing to read");
    assertThat(EVENTS).isEmpty();
  }

  private interface Preparation extends Function<Seat, Seat>, Serializable {}

  private static void run(JavaSparkContext spark, Preparation preparation) {
    Crew<Integer> crew = new Crew<>(spark.parallelize(List.of(0, 1), 2));
    TaskSlots slots = new TaskSlots(spark);
    try (Rendezvous rendezvous = new Rendezvous();
        Meeting meeting =
            rendezvous.open(1, 2, Duration.ofMinutes(1), StageCollectiveTest::oneEach)) {
      Ticket ticket = meeting.ticket();
      meeting.run(
          crew,
          Collections.nCopies(2, List.of()),
          (task, data) -> work(task, ticket, preparation),
          () -> meeting.look(slots.executors(), slots::hasFailedTasks));
    }
  }

  private static List<Integer> work(TaskContext task, Ticket ticket, Preparation preparation) {
    return StageCollective.takePart(
        task,
        ticket,
        false,
        preparation,
        (seat, collective) -> {
          EVENTS.add("work");
          collective.combine(Reduction.MEAN, 1, new double[0], new float[] {seat.host()});
          return seat.host();
        });
  }

  private static Meeting.Plan oneEach(List<Guest> guests) {
    return new Meeting.Plan(
        IntStream.range(0, guests.size()).toArray(), Collections.nCopies(guests.size(), ""));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
