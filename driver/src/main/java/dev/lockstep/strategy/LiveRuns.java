package dev.lockstep.strategy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The runs that go on in this application, and examples on disks; known in the driver. */
final class LiveRuns {
  private static final Map<String, Integer> RUNS = new HashMap<>();

  private LiveRuns() {}

  static synchronized void begin(String id) {
    RUNS.merge(id, 1, Integer::sum);
  }

  static synchronized void end(String id) {
    RUNS.computeIfPresent(id, (unused, count) -> count == 1 ? null : count - 1);
  }

  /** Their ids, as tasks take them to executors. */
  static synchronized Set<String> ids() {
    return new HashSet<>(RUNS.keySet());
  }
}
