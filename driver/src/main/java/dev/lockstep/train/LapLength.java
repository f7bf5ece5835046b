package dev.lockstep.train;

import java.time.Duration;

/**
 * For how long workers train before the driver gets their state: so long that launching them and
 * bringing the state back costs little, and no longer, as this is lost where a worker is.
 */
final class LapLength {
  /** How often the driver hears of workers. */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  static final Duration LONGEST = Duration.ofSeconds(60);

  /** How many times longer than launching: it costs a thirtieth. */
  private static final double TIMES = 30;

  /** Of a state's way to workers and back, before it is measured; slow rather than fast. */
  private static final double BYTES_PER_SECOND = 250e6;

  /** Of a launch of any network. */
  private static final double SLOW_LAUNCH_SECONDS = 0.1;

  /** What launching may cost; what takes longer has waited for slots that another run had. */
  private final double most;

  private double before;
  private double last;

  /**
   * @param stateValues how many values a state has
   */
  LapLength(long stateValues) {
    last = 2.0 * Float.BYTES * stateValues / BYTES_PER_SECOND;
    before = last;
    most = SLOW_LAUNCH_SECONDS + 2 * last;
  }

  /** Takes what the last lap took. */
  void took(double launchSeconds) {
    before = last;
    last = Math.min(launchSeconds, most);
  }

  /** The next one; one launch that took unusually long, such as the first, makes none longer. */
  Duration next() {
    double seconds = TIMES * Math.min(before, last);
    return seconds <= SHORTEST.toSeconds()
        ? SHORTEST
        : seconds >= LONGEST.toSeconds() ? LONGEST : Duration.ofMillis((long) (1000 * seconds));
  }
}
