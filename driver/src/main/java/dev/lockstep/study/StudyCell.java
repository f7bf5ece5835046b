package dev.lockstep.study;

/**
 * One training of a study.
 *
 * @param network as on the command line
 * @param data likewise
 * @param workers at least 1
 * @param averaging how they come to agree
 * @param optimizer of each worker, in lower case
 * @param learningRate a number, or {@code default} for that of the network's task
 * @param schedule of learning rates
 * @param weights how they are averaged over time
 * @param epochs at least 1
 * @param minibatch examples of one process
 * @param seed of network and order of examples
 */
public record StudyCell(
    String network,
    String data,
    int workers,
    AveragingName averaging,
    String optimizer,
    String learningRate,
    String schedule,
    String weights,
    int epochs,
    int minibatch,
    long seed) {

  /** The same by one worker, which has nobody to agree with: all cells of a kind have this one. */
  StudyCell alone() {
    return with(1, AveragingName.alone(), seed);
  }

  /** Examples in a minibatch of each worker. */
  public int workerMinibatch() {
    return averaging.minibatch(minibatch, workers);
  }

  /** A cell as it is counted: what makes no difference is not told apart. */
  StudyCell canonical() {
    if (workers == 1) {
      return alone();
    }
    return averaging.averagesParameters()
        ? this
        : with(workers, new AveragingName(averaging.period(), "none"), seed);
  }

  private StudyCell with(int workers, AveragingName averaging, long seed) {
    return new StudyCell(
        network,
        data,
        workers,
        averaging,
        optimizer,
        learningRate,
        schedule,
        weights,
        epochs,
        minibatch,
        seed);
  }

  /** All that tells it from others, as a file may be named. */
  public String name() {
    return StudyFolder.name(
        network,
        data,
        "w" + workers,
        "p" + averaging.period(),
        averaging.outer(),
        optimizer,
        "r" + learningRate,
        schedule,
        weights,
        "e" + epochs,
        "b" + minibatch,
        "s" + seed);
  }

  /** All but the seed: cells of one kind differ by chance. */
  public StudyCell kind() {
    return with(workers, averaging, 0);
  }
}
