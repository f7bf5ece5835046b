package dev.lockstep.models;

/** A model that the heap has no room for, as one line: which, how large the heap is, what to do. */
public final class ModelTooLarge extends ModelError {
  public ModelTooLarge(String message) {
    super(message);
  }
}
