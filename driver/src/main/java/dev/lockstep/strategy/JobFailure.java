package dev.lockstep.strategy;

/** A Spark job has failed; the cause is what Spark said. */
final class JobFailure extends RuntimeException {
  JobFailure(Throwable cause) {
    super("a Spark job failed", cause);
  }
}
