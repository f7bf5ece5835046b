/**
 * Data sets made ready for training: shuffled, split, sharded, written as a whole or not at all.
 */
package dev.lockstep.data.prepare;
