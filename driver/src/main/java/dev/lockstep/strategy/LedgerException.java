package dev.lockstep.strategy;

/** An epoch did not train each of its examples exactly once. */
public final class LedgerException extends RuntimeException {
  LedgerException(String message) {
    super(message);
  }
}
