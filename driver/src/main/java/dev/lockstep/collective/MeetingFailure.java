package dev.lockstep.collective;

/** Those who met cannot go on; the cause is the first of them that did not fail for another. */
public final class MeetingFailure extends RuntimeException {
  MeetingFailure(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
