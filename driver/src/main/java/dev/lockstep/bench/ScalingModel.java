package dev.lockstep.bench;

/**
 * What an epoch of parameter averaging takes on how many workers, from a few measured constants. An
 * epoch is Spark's start of the workers and as many rounds as the largest worker's minibatches
 * need; a round is a worker's steps, the wait for the slowest, and an allreduce that costs α + βn
 * (Hockney 1994) for each of the messages that a process sends one after the other, in whichever of
 * two ways takes less time.
 *
 * @param launchSeconds what Spark needs an epoch to start workers and bring back what they return
 * @param stepSeconds a minibatch on a core of its own
 * @param spread standard deviation of a round's steps, as a share of their mean
 * @param alphaSeconds the fixed cost of a message between two processes
 * @param betaSeconds the cost of one value of a message
 * @param localSeconds the cost of a value in shared memory, however many workers share its
 *     reduction
 */
public record ScalingModel(
    double launchSeconds,
    double stepSeconds,
    double spread,
    double alphaSeconds,
    double betaSeconds,
    double localSeconds) {

  /**
   * Where workers run.
   *
   * @param workers replicas
   * @param slots workers of one process
   * @param cores of one machine, which holds one process
   */
  public record Cluster(int workers, int slots, int cores) {
    int processes() {
      return (workers + slots - 1) / slots;
    }

    /** How many times as long a step takes where workers share cores. */
    double crowding() {
      return Math.max(1, (double) Math.min(workers, slots) / cores);
    }
  }

  /**
   * What is trained.
   *
   * @param examples of an epoch
   * @param minibatch of one worker
   * @param period minibatches of a worker between two averages
   * @param values that workers combine: parameters and moments
   */
  public record Job(long examples, int minibatch, int period, long values) {}

  /** Seconds of an epoch. */
  public double epochSeconds(Cluster cluster, Job job) {
    double share = Math.ceil((double) job.examples() / cluster.workers());
    double stepsAWorker = Math.ceil(share / job.minibatch());
    double rounds = Math.ceil(stepsAWorker / job.period());
    double steps = stepSeconds * cluster.crowding() * stepsAWorker;
    return launchSeconds
        + steps * straggling(cluster)
        + rounds * roundSeconds(cluster, job.values());
  }

  /** Seconds of one allreduce, without the wait for the slowest. */
  public double roundSeconds(Cluster cluster, long values) {
    int processes = cluster.processes();
    boolean alone = Math.min(cluster.workers(), cluster.slots()) == 1;
    double shared = alone ? 0 : localSeconds * values * cluster.crowding();
    return shared + Math.min(directSeconds(processes, values), relayedSeconds(processes, values));
  }

  /** Each process sends each other one its share, and then its result: 2(P − 1) messages. */
  private double directSeconds(int processes, long values) {
    return 2 * (processes - 1) * (alphaSeconds + betaSeconds * values / processes);
  }

  /**
   * Others pass shares and results on: 2⌈log₂ P⌉ messages, of half of all values each for shares,
   * and of all values together for results.
   */
  private double relayedSeconds(int processes, long values) {
    int steps = Integer.SIZE - Integer.numberOfLeadingZeros(processes - 1);
    return 2 * steps * alphaSeconds + betaSeconds * values * (steps / 2.0 + 1);
  }

  /**
   * By how much the slowest core is behind the mean: the expected maximum of normally distributed
   * times, about σ·√(2 ln C). Workers who share a core even each other out.
   */
  private double straggling(Cluster cluster) {
    double cores = cluster.workers() / cluster.crowding();
    return 1 + spread / Math.sqrt(cluster.crowding()) * Math.sqrt(2 * Math.log(cores));
  }
}
