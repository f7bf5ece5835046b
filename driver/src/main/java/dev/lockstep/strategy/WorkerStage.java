package dev.lockstep.strategy;

import dev.lockstep.collective.CollectiveException;
import dev.lockstep.collective.Meeting;
import dev.lockstep.collective.MeetingFailure;
import dev.lockstep.collective.Rendezvous;
import dev.lockstep.data.DataError;
import dev.lockstep.memory.OutOfMemory;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.LostExecutors;
import dev.lockstep.spark.SlotWatch;
import dev.lockstep.spark.TaskSlots;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers meet inside a running stage: one Spark job for any number of rounds. Its tasks are hosts
 * of one worker or several, as many as there are slots, so that workers train on whatever there is.
 * The same bits as {@link JobPerRound}, on any number of slots.
 */
public final class WorkerStage implements TrainingStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerStage.class);

  /** How often the same rounds are tried. */
  private static final int ATTEMPTS = 4;

  /**
   * For how long tasks that have slots wait for others to have some as well. What is waited for may
   * be held by another stage that waits just so.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final JavaSparkContext spark;
  private final TaskSlots slots;
  private final Rendezvous rendezvous = new Rendezvous();
  private final Workers workers;
  private final TrainingJob job;
  private final Averaging averaging;

  /** What the driver got last, and the stage whose hosts keep it. */
  private ModelState last;

  private String lastStage = "";

  /**
   * @param shards one block a worker, cached
   */
  public WorkerStage(JavaSparkContext spark, Shards shards, TrainingJob job, Averaging averaging) {
    this.spark = spark;
    slots = new TaskSlots(spark);
    workers = new Workers(spark, shards, job);
    this.job = job;
    this.averaging = averaging;
  }

  @Override
  public long roundEnd(long slot) {
    return averaging.nextAgreement(slot);
  }

  @Override
  public Optional<FoundPeriod> found(ModelState state) {
    return averaging.found(state);
  }

  /** Told to stop before anybody trains. */
  private static final class Stopped extends RuntimeException {
    Stopped() {
      super("stopped before training", null, false, false);
    }
  }

  /** Trains the segments, again from their start if a host is lost. */
  @Override
  public List<Outcome> run(ModelState state, List<Segment> segments, Supervision supervision) {
    OutOfMemory.training(state.parameters().length);
    Supervision supervised = supervision;
    LostExecutors lost = new LostExecutors(spark);
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(state, segments, supervised);
      } catch (MeetingFailure e) {
        Throwable cause = e.getCause();
        if (isFinal(cause)) {
          throw new IllegalStateException("a worker failed", cause);
        }
        for (String reason : lost.reasons()) {
          if (OutOfMemory.isTold(reason)) {
            throw new ClusterException("workers lost each other: " + reason, e);
          }
        }
        if (spark.sc().isStopped()) {
          throw new ClusterException("the cluster has ended the application", e);
        }
        if (attempt == ATTEMPTS) {
          throw failure(cause, lost);
        }
        LOG.warn("a stage of workers failed, and is run again: {}", e.getMessage());
        supervised = supervised.shorter();
      }
    }
  }

  private static RuntimeException failure(Throwable cause, LostExecutors lost) {
    if (!(cause instanceof CollectiveException)) {
      return new IllegalStateException("workers failed %d times".formatted(ATTEMPTS), cause);
    }
    List<String> reasons = lost.awaitReasons();
    return new ClusterException(
        "workers lost each other %d times: %s%s"
            .formatted(
                ATTEMPTS,
                cause.getMessage(),
                reasons.isEmpty() ? "" : " (%s)".formatted(reasons.get(reasons.size() - 1))),
        cause);
  }

  /** Whether trying again cannot help. */
  private static boolean isFinal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataError || cause instanceof ModelError) {
        return true;
      }
    }
    return OutOfMemory.isCauseOf(failure);
  }

  private List<Outcome> attempt(ModelState state, List<Segment> segments, Supervision supervision) {
    int maxValues = state.parameters().length + state.updaterState().length;
    int count = job.schedule().workers();
    String kept = state == last ? lastStage : "";
    UUID delivery = UUID.randomUUID();
    try (HostSeating seating = new HostSeating(spark, workers, state);
        Meeting meeting = rendezvous.open(maxValues, slots.present(count), PATIENCE, seating);
        ProgressDesk desk = new ProgressDesk(supervision, meeting::isOutgrown)) {
      HostTask task =
          new HostTask(
              meeting.ticket(), kept, delivery, averaging, List.copyOf(segments), desk.orders());
      SlotWatch any = slots.watchForAny();
      Runnable watch =
          () -> {
            any.run();
            meeting.look(slots.executors(), slots::hasFailedTasks);
            desk.look();
            // Who waits for a slot cannot be told.
            if (!meeting.isSeated() && supervision.stop().getAsBoolean()) {
              throw new Stopped();
            }
          };
      List<WorkerMessage<List<Outcome>>> messages =
          workers.together(
              new Segment(segments.get(0).from(), end(segments)), task, watch, meeting);
      List<Outcome> outcomes = join(messages.stream().map(WorkerMessage::open).toList());
      last = outcomes.get(outcomes.size() - 1).state();
      lastStage = meeting.ticket().group().toString();
      return outcomes;
    } catch (Stopped e) {
      return List.of();
    } finally {
      WorkerMessage.ended(delivery);
    }
  }

  private static long end(List<Segment> segments) {
    return segments.get(segments.size() - 1).to();
  }

  /**
   * The outcomes with what each worker did.
   *
   * @param own each host's outcomes; those of the first worker's host have states
   */
  private static List<Outcome> join(List<List<Outcome>> own) {
    List<Outcome> whole =
        own.stream().filter(each -> each.get(0).state() != null).findFirst().orElseThrow();
    return IntStream.range(0, whole.size())
        .mapToObj(
            k ->
                whole
                    .get(k)
                    .withTrained(
                        own.stream()
                            .flatMap(each -> each.get(k).trained().stream())
                            .sorted(Comparator.comparing(WorkerResult::worker))
                            .toList()))
        .toList();
  }

  @Override
  public void close() {
    rendezvous.close();
    workers.close();
  }
}
