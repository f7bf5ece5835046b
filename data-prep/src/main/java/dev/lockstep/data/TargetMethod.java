package dev.lockstep.data;

import dev.lockstep.data.FeatureStatistics.Feature;
import java.util.List;

/** Ways to bring regression targets into a range that trains well. */
public enum TargetMethod {
  /**
   * As {@link #STANDARDISE} if a target's mean is beyond −10..10 or its deviation beyond 0.1..10,
   * else as {@link #NONE}.
   */
  AUTO {
    @Override
    boolean standardises(List<Feature> targets) {
      return targets.stream().anyMatch(TargetMethod::isFar);
    }
  },
  /** Targets as they are. */
  NONE {
    @Override
    boolean standardises(List<Feature> targets) {
      return false;
    }
  },
  /** To mean 0 and standard deviation 1, each target for itself. */
  STANDARDISE {
    @Override
    boolean standardises(List<Feature> targets) {
      return true;
    }
  };

  private static final double FAR = 10;

  abstract boolean standardises(List<Feature> targets);

  /** Far from mean 0 and deviation 1, where usual learning rates do not diverge. */
  private static boolean isFar(Feature target) {
    double deviation = target.deviation();
    return Math.abs(target.mean()) > FAR || deviation > FAR || deviation > 0 && deviation < 1 / FAR;
  }

  /** One for each target; empty if they stay as they are. */
  List<TargetScale> fit(List<Feature> targets) {
    return standardises(targets)
        ? targets.stream()
            .map(
                target ->
                    new TargetScale(
                        target.mean(), target.deviation() == 0 ? 1 : target.deviation()))
            .toList()
        : List.of();
  }
}
