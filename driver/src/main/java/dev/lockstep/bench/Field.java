package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.List;

/** Who takes part. */
public enum Field {
  /** Lockstep, DL4J in one process, and DL4J's Spark layer in its best settings. */
  QUICK,
  /** All. */
  FULL;

  /** The contenders; the first is Lockstep as it trains by default. */
  public List<Contender> contenders(Arena arena) {
    List<Contender> contenders = new ArrayList<>(new LockstepContenders(arena).all());
    List<Contender> dl4j = new Dl4jContenders(arena).all();
    if (this == QUICK) {
      contenders.addAll(dl4j.subList(0, 2));
    } else {
      contenders.addAll(dl4j);
      double target = contenders.get(0).trial().run().accuracy();
      contenders.addAll(new MllibContenders(arena, target).all());
    }
    return contenders;
  }
}
