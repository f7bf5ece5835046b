package dev.lockstep.models.onednn;

/** The parts of a pass, in their order. */
enum Phase {
  /** What follows from the parameters alone: once after each change of them. */
  PARAMETERS,
  FORWARD,
  BACKWARD
}
