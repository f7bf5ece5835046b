/**
 * Data sets made ready for training: shuffled, split, sharded, written as a whole or not at all.
 * {@link dev.lockstep.data.prepare.Preparation} writes them as {@link
 * dev.lockstep.data.prepare.PreparationOptions} say ({@link dev.lockstep.data.prepare.Split},
 * {@link dev.lockstep.data.prepare.PreparedFormat}); {@link
 * dev.lockstep.data.prepare.PreparedDataset} reads them, and what their {@link
 * dev.lockstep.data.prepare.PreparedManifest} says ({@link dev.lockstep.data.prepare.PreparedFile},
 * {@link dev.lockstep.data.prepare.SourceFiles}).
 */
package dev.lockstep.data.prepare;
