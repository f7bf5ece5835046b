package dev.lockstep.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks come to a meeting, each from an executor of its own number. */
@Timeout(20)
class MeetingTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Set<String> ALL = Set.of("0", "1", "2");

  private final Map<Integer, Seat> seats = new TreeMap<>();
  private final List<Seat> copies = new ArrayList<>();
  private final Set<String> executors = new HashSet<>();
  private Meeting meeting = meeting(2, LONG);

  private Meeting meeting(int expected, Duration patience) {
    return new Meeting(null, expected, patience, MeetingTest::inTurn, executors::add, () -> {});
  }

  /** Four workers. */
  private static Meeting.Plan inTurn(List<Guest> guests) {
    return new Meeting.Plan(
        IntStream.range(0, 4).map(worker -> worker % guests.size()).toArray(),
        Collections.nCopies(guests.size(), ""));
  }

  @AfterEach
  void close() {
    meeting.close();
  }

  private void arrive(int task) {
    meeting.arrived(guest(task), seat -> seats.put(task, seat));
  }

  private static Guest guest(int task) {
    return new Guest(7, task, String.valueOf(task), "host:" + task, false);
  }

  @Test
  void it_begins_when_all_that_are_expected_have_come() {
    arrive(1);
    meeting.look(ALL, stage -> false);
    assertThat(seats).isEmpty();
    arrive(0);

    assertThat(seats.get(0).workers()).containsExactly(0, 2);
    assertThat(seats.get(1).workers()).containsExactly(1, 3);
    assertThat(seats.get(1).addresses()).containsExactly("host:0", "host:1");
    assertThat(meeting.isDone(1)).isFalse();
    assertThat(meeting.isDone(2)).isTrue();
  }

  @Test
  void who_has_come_waits_no_longer_than_the_patience_lasts_and_does_all_alone() {
    meeting = meeting(3, Duration.ofNanos(1));
    meeting.look(ALL, stage -> false);
    assertThat(seats).as("while nobody has come").isEmpty();
    arrive(2);
    while (seats.isEmpty()) {
      meeting.look(ALL, stage -> false);
    }

    assertThat(seats.get(2).workers()).containsExactly(0, 1, 2, 3);
    assertThat(meeting.isDone(1)).isTrue();
  }

  @Test
  void nobody_begins_before_the_processes_of_all_hosts_are_ready() {
    arrive(0);
    arrive(1);
    List<Seat> begun = new ArrayList<>();
    meeting.ready(begun::add);
    assertThat(begun).isEmpty();
    meeting.ready(begun::add);

    assertThat(begun).hasSize(2);
  }

  @Test
  void until_all_are_ready_an_executor_that_is_lost_may_be_read_from() {
    arrive(0);
    arrive(1);
    meeting.look(Set.of("0", "1", "2"), stage -> false);

    assertThatThrownBy(() -> meeting.look(Set.of("0", "1"), stage -> false))
        .isInstanceOf(MeetingFailure.class)
        .hasMessage("executor 2 was lost");
    meeting.ready(seat -> {});
    meeting.ready(seat -> {});
    meeting.look(Set.of("0", "1"), stage -> false);
  }

  @Test
  void who_comes_later_goes_home_at_once() {
    arrive(0);
    arrive(1);
    arrive(2);

    assertThat(seats.get(2).isTaken()).isFalse();
    assertThat(meeting.isDone(2)).isTrue();
  }

  @Test
  void
      a_task_that_comes_late_from_a_new_executor_could_share_the_work_where_hosts_have_several_workers() {
    arrive(0);
    arrive(1);
    assertThat(meeting.isOutgrown()).isFalse();
    arrive(2);

    assertThat(meeting.isOutgrown()).isTrue();
  }

  @Test
  void a_task_that_had_to_wait_for_another_stage_will_have_to_again() {
    executors.add("2");
    arrive(0);
    arrive(1);
    arrive(2);

    assertThat(meeting.isOutgrown()).isFalse();
  }

  @Test
  void an_executor_that_joins_later_could_share_the_work_too() {
    arrive(0);
    arrive(1);
    meeting.look(Set.of("0", "1"), stage -> false);
    assertThat(meeting.isOutgrown()).isFalse();
    meeting.look(ALL, stage -> false);

    assertThat(meeting.isOutgrown()).isTrue();
  }

  @Test
  void where_each_worker_has_a_host_nobody_else_is_needed() {
    meeting = meeting(4, LONG);
    IntStream.range(0, 5).forEach(this::arrive);
    meeting.look(Set.of("0", "1", "2", "3"), stage -> false);
    meeting.look(Set.of("0", "1", "2", "3", "4"), stage -> false);

    assertThat(meeting.isOutgrown()).isFalse();
  }

  @Test
  void a_second_attempt_at_a_hosts_task_is_held_until_the_meeting_ends() {
    arrive(0);
    arrive(1);
    meeting.arrived(guest(1), copies::add);
    meeting.look(ALL, stage -> false);
    assertThat(copies).isEmpty();
    meeting.close();

    assertThat(copies).extracting(Seat::isTaken).containsExactly(false);
  }

  @Test
  void a_host_whose_task_has_failed_is_missed_when_it_is_tried_again() {
    arrive(0);
    arrive(1);
    meeting.look(ALL, stage -> stage == 7);
    meeting.arrived(guest(1), copies::add);

    assertThatThrownBy(() -> lookForASecond(stage -> stage == 7))
        .isInstanceOf(MeetingFailure.class)
        .hasMessage("the task of a host has failed");
  }

  @Test
  void a_task_that_comes_anew_before_it_begins_takes_the_place_of_its_first_attempt() {
    arrive(0);
    meeting.arrived(guest(0), copies::add);
    arrive(1);

    assertThat(seats).containsOnlyKeys(1);
    assertThat(copies).extracting(Seat::host).containsExactly(0);
  }

  @Test
  void a_failure_that_others_caused_does_not_hide_its_cause() {
    arrive(0);
    arrive(1);
    meeting.failed(new CollectiveException("lost the connection"));
    meeting.failed(new IllegalStateException("out of luck"));
    meeting.failed(new IllegalStateException("late"));

    assertThatThrownBy(() -> lookForASecond(stage -> false))
        .isInstanceOf(MeetingFailure.class)
        .hasMessage("out of luck");
    assertThat(meeting.failure(new Error("Spark's")).getCause()).hasMessage("out of luck");
  }

  @Test
  void of_failures_that_others_caused_the_first_is_told() {
    arrive(0);
    arrive(1);
    meeting.failed(new CollectiveException("waited in vain"));
    meeting.failed(new CollectiveException("worker 0 failed: waited in vain"));

    assertThat(meeting.failure(null)).hasMessage("waited in vain");
  }

  @Test
  void memory_that_ran_out_on_what_another_sent_is_no_others_fault() {
    arrive(0);
    arrive(1);
    OutOfMemoryError cause = new OutOfMemoryError("Java heap space");
    meeting.failed(new CollectiveException("lost the connection"));
    meeting.failed(new CollectiveException("out of memory on what came", cause));
    meeting.failed(new CollectiveException("lost the connection"));

    assertThat(meeting.failure(null)).hasRootCause(cause);
  }

  @Test
  void a_host_whose_executor_is_lost_is_missed() {
    arrive(0);
    arrive(1);
    assertThatCode(() -> meeting.look(Set.of("0", "1"), stage -> false)).doesNotThrowAnyException();

    assertThatThrownBy(() -> meeting.look(Set.of("0", "2"), stage -> false))
        .isInstanceOf(MeetingFailure.class)
        .hasMessage("executor 1 was lost");
  }

  private void lookForASecond(IntPredicate hasFailed) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (System.nanoTime() < end) {
      meeting.look(ALL, hasFailed);
    }
  }
}
