package dev.lockstep.strategy;

import dev.lockstep.collective.Collective;
import dev.lockstep.collective.CollectiveException;
import dev.lockstep.collective.Rendezvous;
import dev.lockstep.collective.StageCollective;
import dev.lockstep.collective.StageCollective.Ticket;
import dev.lockstep.data.DataError;
import dev.lockstep.memory.OutOfMemory;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.spark.ClusterException;
import dev.lockstep.spark.JobFailure;
import dev.lockstep.spark.TaskFailures;
import dev.lockstep.spark.TaskSlots;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers meet inside a running stage: one Spark job for any number of rounds, with a task slot for
 * each worker at once. The same bits as {@link JobPerRound}.
 */
public final class BarrierStage implements TrainingStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(BarrierStage.class);

  /** As often as Spark tries a stage. */
  private static final int ATTEMPTS = 4;

  private final JavaSparkContext spark;
  private final TaskSlots slots;
  private final TaskFailures failures;
  private final Rendezvous rendezvous = new Rendezvous();
  private final Workers workers;
  private final JobPerRound inDriver;
  private final TrainingJob job;
  private final Averaging averaging;

  /** Whether to wait for slots: not again after they have been waited for in vain. */
  private boolean waits = true;

  /**
   * @param shards one block a worker, cached
   */
  public BarrierStage(JavaSparkContext spark, Shards shards, TrainingJob job, Averaging averaging) {
    this.spark = spark;
    slots = new TaskSlots(spark);
    failures = new TaskFailures(spark);
    workers = new Workers(spark, shards, job);
    inDriver = new JobPerRound(workers, job, averaging);
    this.job = job;
    this.averaging = averaging;
  }

  @Override
  public long nextAgreement(long slot) {
    return Math.min(job.schedule().slots(), roundEnd(slot));
  }

  @Override
  public long roundEnd(long slot) {
    return averaging.nextAgreement(slot);
  }

  /**
   * Trains the segments, again from their start if a worker is lost, and with one job a round if
   * there are not enough task slots any more.
   */
  @Override
  public List<Outcome> run(ModelState state, List<Segment> segments, Supervision supervision) {
    OutOfMemory.training(state.parameters().length);
    Supervision supervised = supervision;
    for (int attempt = 1; canMeet(); attempt++) {
      try {
        return attempt(state, segments, supervised);
      } catch (TaskSlots.TooFew e) {
        waits = false;
      } catch (JobFailure e) {
        Optional<Throwable> cause = first(failures.take());
        if (cause.filter(BarrierStage::isFinal).isPresent()) {
          throw new IllegalStateException("a worker failed", cause.get());
        }
        if (spark.sc().isStopped()) {
          throw new ClusterException("the cluster has ended the application", e);
        }
        if (attempt == ATTEMPTS) {
          throw cause.map(BarrierStage::failure).orElseGet(() -> lost(e));
        }
        LOG.warn("a barrier stage failed, and is run again: {}", e.getCause().getMessage());
        supervised = supervised.shorter();
      }
    }
    LOG.warn("not enough task slots for a barrier stage any more: one Spark job a round");
    return inDriver.run(state, segments, supervision);
  }

  private boolean canMeet() {
    int workers = job.schedule().workers();
    waits = waits ? slots.obstacle(workers).isEmpty() : slots.count() >= workers;
    return waits;
  }

  private static RuntimeException failure(Throwable cause) {
    return cause instanceof CollectiveException
        ? new ClusterException(
            "workers lost each other %d times: %s".formatted(ATTEMPTS, cause.getMessage()), cause)
        : new IllegalStateException("workers failed %d times".formatted(ATTEMPTS), cause);
  }

  private static RuntimeException lost(JobFailure failure) {
    return new ClusterException(
        "executors were lost in all %d attempts at the same rounds".formatted(ATTEMPTS), failure);
  }

  /** The first that another worker's did not cause, or else the first. */
  private static Optional<Throwable> first(List<Throwable> failures) {
    return failures.stream()
        .filter(failure -> !(failure instanceof CollectiveException))
        .findFirst()
        .or(() -> failures.stream().findFirst());
  }

  /** Whether trying again cannot help. */
  private static boolean isFinal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataError
          || cause instanceof ModelError
          || cause instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  private List<Outcome> attempt(ModelState state, List<Segment> segments, Supervision supervision) {
    Ticket ticket = new Ticket(UUID.randomUUID(), rendezvous.name());
    Averaging averaging = this.averaging;
    List<Segment> all = List.copyOf(segments);
    Segment stretch = new Segment(all.get(0).from(), all.get(all.size() - 1).to());
    try (ProgressDesk desk = new ProgressDesk(supervision)) {
      ProgressLine.Orders orders = desk.orders();
      List<WorkerMessage<List<Outcome>>> messages =
          workers.together(
              stretch,
              state,
              (worker, start, task) -> work(ticket, averaging, worker, start, all, orders, task),
              desk::look);
      return join(messages.stream().map(WorkerMessage::open).toList());
    } finally {
      WorkerMessage.ended(ticket.token());
    }
  }

  private static WorkerMessage<List<Outcome>> work(
      Ticket ticket,
      Averaging averaging,
      Worker worker,
      ModelState start,
      List<Segment> segments,
      ProgressLine.Orders orders,
      BarrierTaskContext task) {
    int maxValues = start.parameters().length + start.updaterState().length;
    try (Collective collective = StageCollective.join(task, ticket, maxValues)) {
      try {
        StageWorker member = new StageWorker(averaging, worker, collective, orders);
        List<Outcome> outcomes = member.run(start, segments);
        return WorkerMessage.of(
            new WorkerMessage.Label(ticket.token(), worker.number()),
            worker.number() == 0
                ? outcomes
                : outcomes.stream().map(Outcome::withoutState).toList());
      } catch (Throwable e) {
        collective.fail(e);
        throw e;
      }
    }
  }

  /**
   * The outcomes with what each worker did.
   *
   * @param own each worker's outcomes, by worker number; the first's have states
   */
  private static List<Outcome> join(List<List<Outcome>> own) {
    return IntStream.range(0, own.get(0).size())
        .mapToObj(
            k ->
                own.get(0)
                    .get(k)
                    .withTrained(own.stream().map(each -> each.get(k).trained().get(0)).toList()))
        .toList();
  }

  @Override
  public void close() {
    failures.close();
    rendezvous.close();
    inDriver.close();
  }
}
