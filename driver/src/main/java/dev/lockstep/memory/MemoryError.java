package dev.lockstep.memory;

/** Memory is too small: one line that says for what, how much there is, and what to do. */
public final class MemoryError extends RuntimeException {
  MemoryError(String message) {
    super(message);
  }
}
