/**
 * Pictures changed at random while they are trained, between what is stored and what is normalised:
 * an {@link dev.lockstep.data.augment.Augmentation} says how, and an {@link
 * dev.lockstep.data.augment.Augmenter} does it to one example of one epoch.
 */
package dev.lockstep.data.augment;
