package dev.lockstep.strategy;

import dev.lockstep.data.DataError;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Gives somebody else's trainer the minibatches of an epoch at once, as {@link ParameterAveraging}
 * would train them. Which examples it trains it does not tell, only how many: the run's ledger is a
 * {@link Ledger#counting}.
 */
public final class WholeEpochs implements TrainingStrategy {
  private final Shards shards;
  private final TrainingJob job;
  private final Trainer trainer;

  /** A trainer over Spark. */
  public interface Trainer {

    /**
     * Trains an epoch.
     *
     * @param start with the updater's state
     * @param epoch its slots
     * @param minibatches one partition a worker; each minibatch is valid until the next one of its
     *     partition is read, and reading them again gives the same
     */
    Trained train(ModelState start, Segment epoch, JavaRDD<Minibatch> minibatches);
  }

  /**
   * What a trainer made of an epoch.
   *
   * @param examples how many it trained
   * @param minibatches how many updates it made
   * @param lossSum the loss of each of these examples before its update, summed
   */
  public record Trained(ModelState state, long examples, int minibatches, double lossSum) {}

  /**
   * @param shards one block a worker, cached
   */
  public WholeEpochs(Shards shards, TrainingJob job, Trainer trainer) {
    if (shards.schema().weighted()) {
      throw new DataError(
          "DL4J's own trainer heeds no weights of examples: choose another strategy");
    }
    this.shards = shards;
    this.job = job;
    this.trainer = trainer;
  }

  /** The end of an epoch. */
  @Override
  public long roundEnd(long slot) {
    int epoch = job.schedule().slotsPerEpoch();
    return (slot / epoch + 1) * epoch;
  }

  @Override
  public List<Outcome> run(ModelState state, List<Segment> segments, Supervision supervision) {
    return new SegmentLoop(
            (start, slot) -> roundEnd(slot), this::epoch, LapClock.inDriver(supervision))
        .run(state, segments);
  }

  /** All that was trained is entered as the first worker's, and nothing as the others'. */
  private Outcome epoch(ModelState start, Segment epoch) {
    Trained trained = trainer.train(start, epoch, minibatches(epoch));
    WorkerResult all =
        new WorkerResult(
            0,
            trained.examples(),
            trained.minibatches(),
            trained.lossSum(),
            -1,
            List.of(),
            WorkerTime.NONE);
    IntStream others = IntStream.range(1, job.schedule().workers());
    return Outcome.of(
        trained.state(),
        epoch,
        Stream.concat(Stream.of(all), others.mapToObj(WorkerResult::none)).toList());
  }

  private JavaRDD<Minibatch> minibatches(Segment epoch) {
    TrainingJob job = this.job;
    return shards
        .blocks()
        .mapPartitionsWithIndex(
            (worker, block) -> {
              MinibatchReader reader = new MinibatchReader(block.next(), job, worker);
              Stream<Schedule.Span> spans =
                  LongStream.range(epoch.from(), epoch.to())
                      .mapToObj(slot -> job.schedule().span(slot, worker));
              return spans.filter(span -> span.size() > 0).map(reader::read).iterator();
            },
            true);
  }

  @Override
  public void close() {
    // Nothing is kept on executors.
  }
}
