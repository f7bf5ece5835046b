package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who takes part. */
public enum Contenders {
  /** Lockstep, DL4J in one process, and DL4J's Spark layer in its best settings. */
  QUICK(EnumSet.of(Framework.LOCKSTEP, Framework.DL4J_SPARK)),
  /** All. */
  FULL(EnumSet.of(Framework.LOCKSTEP, Framework.DL4J_SPARK, Framework.MLLIB));

  private final Set<Framework> usual;

  Contenders(Set<Framework> usual) {
    this.usual = usual;
  }

  /**
   * The contenders; the first is Lockstep as it trains by default.
   *
   * @param against whom it is compared with; the usual ones if empty
   */
  public List<Contender> contenders(BenchSetup setup, Set<Framework> against) {
    Set<Framework> chosen = against.isEmpty() ? usual : against;
    List<Contender> lockstep = new LockstepContenders(setup).all();
    List<Contender> contenders = new ArrayList<>(lockstep.subList(0, 1));
    if (chosen.contains(Framework.LOCKSTEP)) {
      contenders.addAll(lockstep.subList(1, lockstep.size()));
    }
    if (chosen.contains(Framework.DL4J_SPARK)) {
      contenders.add(new Dl4jContender(setup).contender());
      List<Contender> stock = StockContenders.find().map(all -> all.all(setup)).orElse(List.of());
      contenders.addAll(this == QUICK ? stock.subList(0, Math.min(1, stock.size())) : stock);
    }
    if (chosen.contains(Framework.MLLIB)) {
      double target = lockstep.get(0).trial().run().accuracy();
      contenders.addAll(new MllibContenders(setup, target).all());
    }
    return contenders;
  }
}
