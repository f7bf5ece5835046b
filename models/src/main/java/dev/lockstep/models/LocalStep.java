package dev.lockstep.models;

/** Which code computes a local step. All give the same parameters, to rounding. */
public enum LocalStep {
  /**
   * {@link #BLAS} where it supports the network, else {@link #ONEDNN} where that does, else {@link
   * #DL4J}.
   */
  AUTO,
  /** A few calls of OpenBLAS: stacks of dense layers only, many times faster. */
  BLAS,
  /** Operations of oneDNN: convolutional, recurrent and residual networks, many times faster. */
  ONEDNN,
  /** DL4J's own {@code fit}: any network. */
  DL4J
}
