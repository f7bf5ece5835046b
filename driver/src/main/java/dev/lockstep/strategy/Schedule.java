package dev.lockstep.strategy;

import dev.lockstep.strategy.TrainingLength.Epochs;
import dev.lockstep.strategy.TrainingLength.Steps;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which examples every worker trains, and when: a pure function, so that a retried task, a resumed
 * run and the driver's own accounts always agree.
 *
 * <p>Time is counted in <em>slots</em>. In one slot each worker trains at most one minibatch. A
 * worker's examples form a stream: epoch after epoch, in that epoch's order. A slot maps to a
 * {@link Span} of positions in that stream.
 */
public final class Schedule implements Serializable {
  private final int[] sizes;

  /** Examples of one pass through the network, of which some make a step. */
  private final int pass;

  /** Examples of a worker's step. */
  private final long batchSize;

  private final EpochEnd epochEnd;
  private final TrainingLength length;
  private final Before before;
  private final int slotsPerEpoch;

  private final long slots;

  /** With a given number of steps, in the last slot only the first workers train. */
  private final boolean[] idleAtLast;

  /**
   * What a run has trained before its first slot, on fewer data: that is the beginning of an epoch.
   *
   * @param epochs whole ones
   * @param steps minibatches, over all workers
   */
  public record Before(int epochs, long steps) implements Serializable {
    /** Of a run that begins anew. */
    public static final Before NOTHING = new Before(0, 0);
  }

  /** Of a run that begins anew. */
  public Schedule(int[] sizes, int batchSize, EpochEnd epochEnd, TrainingLength length) {
    this(sizes, batchSize, 1, epochEnd, length);
  }

  /** Of a run that begins anew; see below. */
  public Schedule(
      int[] sizes, int batchSize, int accumulated, EpochEnd epochEnd, TrainingLength length) {
    this(sizes, batchSize, accumulated, epochEnd, length, Before.NOTHING);
  }

  /**
   * Where the gradients of several minibatches make one step: to all but the memory of a worker,
   * and to rounding, a minibatch that many times as large.
   *
   * @param sizes how many examples each worker has; some may have none, but not all
   * @param batchSize examples in a minibatch of one worker, at least 1
   * @param accumulated how many minibatches make a step, at least 1
   * @param length with what was trained before, which is less
   */
  public Schedule(
      int[] sizes,
      int batchSize,
      int accumulated,
      EpochEnd epochEnd,
      TrainingLength length,
      Before before) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, not " + batchSize);
    }
    if (accumulated < 1) {
      throw new IllegalArgumentException(
          "accumulated minibatches must be at least 1, not " + accumulated);
    }
    if (Arrays.stream(sizes).allMatch(size -> size == 0)) {
      throw new IllegalArgumentException("there are no examples to train");
    }
    this.sizes = sizes.clone();
    pass = batchSize;
    this.batchSize = (long) batchSize * accumulated;
    this.epochEnd = epochEnd;
    this.before = before;
    this.length =
        length instanceof Steps steps ? new Steps(steps.steps() - before.steps()) : length;
    slotsPerEpoch = Math.toIntExact(ceilDiv(largest(), this.batchSize));
    slots = countSlots();
    idleAtLast = idleAtLast();
  }

  /** A run of positions in a worker's stream of examples. */
  public record Span(long from, long to) {
    /** How many examples. */
    public int size() {
      return (int) (to - from);
    }
  }

  /** How many workers. */
  public int workers() {
    return sizes.length;
  }

  /** How many examples the worker has. */
  public int size(int worker) {
    return sizes[worker];
  }

  /** How many examples all workers have together. */
  public long examples() {
    return Arrays.stream(sizes).asLongStream().sum();
  }

  /** How many examples all workers together have trained before the slot. */
  public long examples(long slot) {
    long examples = 0;
    for (int worker = 0; worker < sizes.length; worker++) {
      examples += position(slot, worker);
    }
    return examples;
  }

  /** The most examples that any worker will see at once. */
  public int largestMinibatch() {
    return epochEnd == EpochEnd.RUN_ON ? pass : Math.min(pass, largest());
  }

  /** How many minibatches make a step. */
  public int accumulated() {
    return Math.toIntExact(batchSize / pass);
  }

  /** A worker's examples of a slot as they pass through the network: one part after the other. */
  List<Span> passes(Span span) {
    if (span.size() <= pass) {
      return List.of(span);
    }
    List<Span> parts = new ArrayList<>();
    for (long from = span.from(); from < span.to(); from += pass) {
      parts.add(new Span(from, Math.min(span.to(), from + pass)));
    }
    return parts;
  }

  /** How many slots one pass over the largest worker's examples has, rounded up. */
  public int slotsPerEpoch() {
    return slotsPerEpoch;
  }

  /** How many slots the whole training has. */
  public long slots() {
    return slots;
  }

  /**
   * Before which slot any run trains the same that is longer and else the same: where this one
   * ends, minibatches may be cut, and workers idle.
   */
  public long commonSlots() {
    if (length instanceof Epochs epochs && epochEnd == EpochEnd.RUN_ON) {
      return Arrays.stream(sizes)
          .filter(size -> size > 0)
          .mapToLong(size -> epochsLeft(epochs) * size / batchSize)
          .min()
          .orElseThrow();
    }
    for (boolean idle : idleAtLast) {
      if (idle) {
        return slots - 1;
      }
    }
    return slots;
  }

  /** How many minibatches all workers together have trained before the slot. */
  public long steps(long slot) {
    return before.steps()
        + (length instanceof Steps steps && slot == slots ? steps.steps() : plannedSteps(slot));
  }

  /** How many whole epochs the worker has trained before the slot. */
  public int epochs(long slot, int worker) {
    return sizes[worker] == 0 ? 0 : (int) (position(slot, worker) / sizes[worker]);
  }

  /** How many whole epochs every worker that has examples has trained before the slot. */
  public int epochs(long slot) {
    int fewest = Integer.MAX_VALUE;
    for (int worker = 0; worker < sizes.length; worker++) {
      fewest = sizes[worker] > 0 ? Math.min(fewest, epochs(slot, worker)) : fewest;
    }
    return fewest;
  }

  /** The examples that the worker trains in the slot as one minibatch; may be none. */
  public Span span(long slot, int worker) {
    return new Span(position(slot, worker), position(slot + 1, worker));
  }

  private long position(long slot, int worker) {
    return slot == slots && idleAtLast[worker]
        ? plannedPosition(slot - 1, worker)
        : plannedPosition(slot, worker);
  }

  private long plannedPosition(long slot, int worker) {
    long size = sizes[worker];
    long first = before.epochs() * size;
    if (epochEnd == EpochEnd.REMAINDER) {
      return first + slot / slotsPerEpoch * size + Math.min(slot % slotsPerEpoch * batchSize, size);
    }
    long position = size == 0 ? 0 : first + slot * batchSize;
    return length instanceof Epochs epochs ? Math.min(position, epochs.epochs() * size) : position;
  }

  private long epochsLeft(Epochs all) {
    return all.epochs() - before.epochs();
  }

  /** Minibatches since the first slot. */
  private long plannedSteps(long slot) {
    if (epochEnd == EpochEnd.REMAINDER) {
      return slot / slotsPerEpoch * stepsInEpoch(slotsPerEpoch)
          + stepsInEpoch(slot % slotsPerEpoch);
    }
    long steps = 0;
    for (int worker = 0; worker < sizes.length; worker++) {
      long first = (long) before.epochs() * sizes[worker];
      steps += ceilDiv(plannedPosition(slot, worker) - first, batchSize);
    }
    return steps;
  }

  private long countSlots() {
    if (length instanceof Epochs epochs) {
      return epochEnd == EpochEnd.REMAINDER
          ? epochsLeft(epochs) * slotsPerEpoch
          : ceilDiv(epochsLeft(epochs) * largest(), batchSize);
    }
    long steps = ((Steps) length).steps();
    if (epochEnd == EpochEnd.RUN_ON) {
      return ceilDiv(steps, Arrays.stream(sizes).filter(size -> size > 0).count());
    }
    long wholeEpochs = (steps - 1) / stepsInEpoch(slotsPerEpoch);
    long rest = steps - wholeEpochs * stepsInEpoch(slotsPerEpoch);
    long enough = slotsPerEpoch;
    for (long tooFew = 0; enough - tooFew > 1; ) {
      long middle = (tooFew + enough) / 2;
      if (stepsInEpoch(middle) < rest) {
        tooFew = middle;
      } else {
        enough = middle;
      }
    }
    return wholeEpochs * slotsPerEpoch + enough;
  }

  /** How many minibatches all workers together have in the first slots of an epoch. */
  private long stepsInEpoch(long slots) {
    long steps = 0;
    for (int size : sizes) {
      steps += Math.min(slots, ceilDiv(size, batchSize));
    }
    return steps;
  }

  private boolean[] idleAtLast() {
    boolean[] idle = new boolean[sizes.length];
    if (length instanceof Steps limit) {
      long steps = plannedSteps(slots - 1);
      for (int worker = 0; worker < sizes.length; worker++) {
        boolean trains = plannedPosition(slots, worker) > plannedPosition(slots - 1, worker);
        idle[worker] = trains && steps == limit.steps();
        steps += trains && !idle[worker] ? 1 : 0;
      }
    }
    return idle;
  }

  private int largest() {
    return Arrays.stream(sizes).max().orElse(0);
  }

  private static long ceilDiv(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
