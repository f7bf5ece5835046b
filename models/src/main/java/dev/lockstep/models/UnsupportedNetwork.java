package dev.lockstep.models;

/** A network is no {@link DenseStack}. The message names the layer and the part, as a subject. */
final class UnsupportedNetwork extends Exception {
  UnsupportedNetwork(String what) {
    super(what);
  }
}
