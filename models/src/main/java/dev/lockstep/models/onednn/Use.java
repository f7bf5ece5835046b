package dev.lockstep.models.onednn;

/** What a pass is for. */
enum Use {
  /** Forwards and backwards: dropout, and the minibatch's own statistics. */
  TRAINING,
  /** Forwards only, with running statistics. */
  INFERENCE
}
