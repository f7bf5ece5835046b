package dev.lockstep.models;

/**
 * A mistake in a model file or in how a model is used, to be shown to the user as one line: the
 * file or layer, what was expected, what was found, and what to do.
 */
public sealed class ModelError extends RuntimeException permits ModelTooLarge {
  public ModelError(String message) {
    super(message);
  }

  public ModelError(String message, Throwable cause) {
    super(message, cause);
  }
}
