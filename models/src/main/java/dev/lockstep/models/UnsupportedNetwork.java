package dev.lockstep.models;

/**
 * A local step cannot compute a network, or not from such examples. The message names the layer and
 * the part, as the subject of a sentence.
 */
public final class UnsupportedNetwork extends Exception {
  public UnsupportedNetwork(String what) {
    super(what);
  }
}
