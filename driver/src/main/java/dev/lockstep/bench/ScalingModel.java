package dev.lockstep.bench;

/**
 * What an epoch of parameter averaging takes on how many workers, from a few measured constants. An
 * epoch is as many rounds as the largest worker's minibatches need; a round is a worker's steps,
 * the wait for the slowest, and an allreduce that costs α + βn (Hockney 1994) for each of the
 * messages that a process sends one after the other.
 *
 * @param stepSeconds a minibatch on a core of its own
 * @param spread standard deviation of a round's steps, as a share of their mean
 * @param alphaSeconds the fixed cost of a message between two processes
 * @param betaSeconds the cost of one value of a message
 * @param localSeconds the cost of meeting in shared memory, for each value and worker of a process
 */
public record ScalingModel(
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
    return steps * straggling(cluster.workers()) + rounds * roundSeconds(cluster, job.values());
  }

  /** Seconds of one allreduce, without the wait for the slowest. */
  public double roundSeconds(Cluster cluster, long values) {
    int processes = cluster.processes();
    int local = Math.min(cluster.workers(), cluster.slots());
    double shared = localSeconds * values * local * cluster.crowding();
    // Each process sends each other one its share, and then its result: 2(P − 1) messages.
    double between = 2 * (processes - 1) * (alphaSeconds + betaSeconds * values / processes);
    return shared + between;
  }

  /**
   * By how much the slowest of so many workers is behind the mean: the expected maximum of normally
   * distributed times, about σ·√(2 ln W).
   */
  private double straggling(int workers) {
    return workers == 1 ? 1 : 1 + spread * Math.sqrt(2 * Math.log(workers));
  }
}
