package dev.lockstep.spark;

/** A Spark job has failed; the cause is what Spark said. */
public final class JobFailure extends RuntimeException {
  JobFailure(Throwable cause) {
    super("a Spark job failed", cause);
  }
}
