package dev.lockstep.ml;

/**
 * The uid of a stage whose superclass is Spark's: its constructor makes parameters of that uid
 * before a constructor of Java can have set a field. It is given to the thread that constructs.
 */
final class EarlyUid {
  private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

  private EarlyUid() {}

  /** Of the stage that this thread constructs next. */
  static EarlyUid of(String uid) {
    CURRENT.set(uid);
    return new EarlyUid();
  }

  /** Of the stage that this thread constructs. */
  static String current() {
    return CURRENT.get();
  }

  /** Spark's constructor has run. */
  void end() {
    CURRENT.remove();
  }
}
