/**
 * How workers train together. A {@link dev.lockstep.strategy.Strategy} is what users choose: what
 * is combined (an {@link dev.lockstep.strategy.Averaging}), or another way. {@link
 * dev.lockstep.strategy.Shards} hold the examples, one block a worker; a {@link
 * dev.lockstep.strategy.Schedule} says who trains which of them when; both make a {@link
 * dev.lockstep.strategy.TrainingJob}, of which {@link dev.lockstep.strategy.TrainedParameters} are
 * brought to agreements. For these {@link dev.lockstep.strategy.Strategy#open} gives the {@link
 * dev.lockstep.strategy.TrainingStrategy}, where workers meet ({@link
 * dev.lockstep.strategy.WorkerStage}, {@link dev.lockstep.strategy.JobPerRound} or {@link
 * dev.lockstep.strategy.SingleProcess}, or {@link dev.lockstep.strategy.OneThread}); it trains
 * {@link dev.lockstep.strategy.Segment}s and gives an {@link dev.lockstep.strategy.Outcome} of
 * each, which the {@link dev.lockstep.strategy.Ledger} checks.
 *
 * <p>Glossary, from small to large:
 *
 * <dl>
 *   <dt>step
 *   <dd>one minibatch of one worker. A run's length and what people see are counted in steps, over
 *       all workers together.
 *   <dt>slot
 *   <dd>the time in which each worker trains at most one minibatch: the clock of the schedule.
 *   <dt>span
 *   <dd>the positions in a worker's stream of examples that it trains in one slot.
 *   <dt>round
 *   <dd>slots between two agreements: all workers begin it with one state and end it with one.
 *   <dt>segment
 *   <dd>adjoining rounds, or one, after which the driver looks at the state.
 *   <dt>stretch
 *   <dd>all segments that are given to workers at once: one Spark job.
 *   <dt>lap
 *   <dd>what of a stretch was trained when its time was over: a second's, or more where beginning
 *       and ending costs more.
 *   <dt>resume point
 *   <dd>the last end of a round that a longer run has as well.
 * </dl>
 *
 * <p>Strategies: {@link dev.lockstep.strategy.ParameterAveraging} (with an {@link
 * dev.lockstep.strategy.OuterOptimizer} by an {@link dev.lockstep.strategy.OuterRule}, and {@link
 * dev.lockstep.strategy.UpdaterState}), {@link dev.lockstep.strategy.AutomaticPeriod} (of which a
 * {@link dev.lockstep.strategy.FoundPeriod} tells), {@link
 * dev.lockstep.strategy.GradientAveraging}, {@link dev.lockstep.strategy.PostLocalSgd} (as an
 * averaging {@link dev.lockstep.strategy.PostLocal}), {@link dev.lockstep.strategy.SingleWorker},
 * others' that take an epoch at once ({@link dev.lockstep.strategy.WholeEpochs}), such as the
 * {@link dev.lockstep.strategy.StockTrainer} of another jar; {@link
 * dev.lockstep.strategy.StrategyName}, {@link dev.lockstep.strategy.OuterSettings} and {@link
 * dev.lockstep.strategy.StrategySettings} are how users name them, and {@link
 * dev.lockstep.strategy.LocalSgd} is a way to set them. In a round each {@link
 * dev.lockstep.strategy.Worker} trains and brings a {@link dev.lockstep.strategy.Contribution}; a
 * {@link dev.lockstep.strategy.WorkerResult}, with its {@link dev.lockstep.strategy.WorkerTime},
 * tells of it, and a {@link dev.lockstep.strategy.Tally} is what the ledger compares. A running
 * stage tells its {@link dev.lockstep.strategy.Supervision} of its {@link
 * dev.lockstep.strategy.Progress}. A schedule has a {@link dev.lockstep.strategy.TrainingLength},
 * an {@link dev.lockstep.strategy.EpochEnd} and an {@link dev.lockstep.strategy.Ordering}; {@link
 * dev.lockstep.strategy.LearningRates} change as it goes on, and a {@link
 * dev.lockstep.strategy.WeightsAverage} is a second model. A {@link dev.lockstep.strategy.RunPool}
 * is what executors keep of a run; what does not add up is a {@link
 * dev.lockstep.strategy.LedgerException}.
 */
package dev.lockstep.strategy;
