package dev.lockstep.strategy;

/**
 * What workers found out of the averaging period while they train.
 *
 * @param period minibatches of each worker between two averages
 * @param agreement how far workers agreed on where to go, from 0 for chance to 1 for one way: the
 *     mean over pairs of workers of the products of what a round changed in their networks, over
 *     the mean square; NaN before it was measured
 * @param spread the root mean square distance of workers from their average, at the end of rounds,
 *     over the distance that the average moved; NaN before it was measured
 */
public record FoundPeriod(int period, double agreement, double spread) {}
