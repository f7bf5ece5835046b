package dev.lockstep.bench;

/**
 * A way to train the network.
 *
 * @param name as it is shown
 * @param trial trains from the start
 */
public record Contender(String name, Trial trial) {

  /** Trains once. */
  public interface Trial {
    Measured run();
  }

  /**
   * One training.
   *
   * @param seconds it took, without start-up, loading of data and testing
   * @param epochs passes over the data
   * @param accuracy on the test data, 0..1
   */
  public record Measured(double seconds, double epochs, double accuracy) {}
}
