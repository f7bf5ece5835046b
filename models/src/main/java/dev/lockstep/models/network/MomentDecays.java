package dev.lockstep.models.network;

/**
 * How many times as fast as usual Adam's moments decay, where the steps of several workers are
 * averaged: 1 − β times that; below 1 is as 1, above 8 as 8.
 *
 * <p>As many times as there are workers, the second moment remembers as many examples as that of
 * one worker (Malladi et al. 2022). The first is better left: with less momentum of their own, 16
 * workers lose up to nine points on Fashion-MNIST; but not where an outer optimizer adds its own.
 *
 * @param first of the first moment, the mean of gradients
 * @param second of the second, that of their squares
 */
public record MomentDecays(double first, double second) {
  /** As usual. */
  public static final MomentDecays USUAL = new MomentDecays(1, 1);

  private static final double MOST = 8;

  public MomentDecays {
    first = Math.max(1, Math.min(first, MOST));
    second = Math.max(1, Math.min(second, MOST));
  }
}
