package dev.lockstep.data.augment;

import java.io.Serializable;

/** One way to change a picture. */
interface Change extends Serializable {

  /** Changes it by some random numbers. */
  void apply(Canvas canvas, Draws draws);

  /** As users write it. */
  @Override
  String toString();
}
