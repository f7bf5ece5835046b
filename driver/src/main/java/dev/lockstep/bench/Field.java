package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who takes part. */
public enum Field {
  /** Lockstep, DL4J in one process, and DL4J's Spark layer in its best settings. */
  QUICK(EnumSet.of(Rival.LOCKSTEP, Rival.DL4J_SPARK)),
  /** All. */
  FULL(EnumSet.of(Rival.LOCKSTEP, Rival.DL4J_SPARK, Rival.MLLIB));

  private final Set<Rival> rivals;

  Field(Set<Rival> rivals) {
    this.rivals = rivals;
  }

  /**
   * The contenders; the first is Lockstep as it trains by default.
   *
   * @param against whom it is compared with; the usual ones if empty
   */
  public List<Contender> contenders(Arena arena, Set<Rival> against) {
    Set<Rival> chosen = against.isEmpty() ? rivals : against;
    List<Contender> lockstep = new LockstepContenders(arena).all();
    List<Contender> contenders = new ArrayList<>(lockstep.subList(0, 1));
    if (chosen.contains(Rival.LOCKSTEP)) {
      contenders.addAll(lockstep.subList(1, lockstep.size()));
    }
    if (chosen.contains(Rival.DL4J_SPARK)) {
      List<Contender> dl4j = new Dl4jContenders(arena).all();
      contenders.addAll(this == QUICK ? dl4j.subList(0, 2) : dl4j);
    }
    if (chosen.contains(Rival.MLLIB)) {
      double target = lockstep.get(0).trial().run().accuracy();
      contenders.addAll(new MllibContenders(arena, target).all());
    }
    return contenders;
  }
}
