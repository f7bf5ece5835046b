package dev.lockstep.cli;

/**
 * From when on workers train replicas of their own.
 *
 * @param gradientEpochs for how many epochs, from the start, gradients are averaged at each step
 */
record AveragingSchedule(int gradientEpochs) {
  /** Parameters from the start. */
  static final AveragingSchedule CONSTANT = new AveragingSchedule(0);

  private static final String POST_LOCAL = "post-local:";

  /** As on the command line. */
  @Override
  public String toString() {
    return gradientEpochs == 0 ? "constant" : POST_LOCAL + gradientEpochs;
  }

  /**
   * Reads {@code constant} or {@code post-local:E}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static AveragingSchedule of(String value) {
    if (value.equals("constant")) {
      return CONSTANT;
    }
    if (value.matches(POST_LOCAL + "[1-9][0-9]{0,8}")) {
      return new AveragingSchedule(Integer.parseInt(value.substring(POST_LOCAL.length())));
    }
    throw new IllegalArgumentException(
        "expected constant or post-local:E with E epochs, found '%s'".formatted(value));
  }
}
