/** A training run: epochs to segments; checkpoint, evaluate, stop. */
package dev.lockstep.train;
