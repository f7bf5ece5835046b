/**
 * IDX files, the format of MNIST: {@link dev.lockstep.data.idx.IdxFormat} reads any, {@link
 * dev.lockstep.data.idx.Mnist} those four under their classic names, split as TensorFlow splits
 * them; {@link dev.lockstep.data.idx.IdxSource} is both's source, {@link
 * dev.lockstep.data.idx.IdxParts} the files of several data sets in one folder, and {@link
 * dev.lockstep.data.idx.IdxWriter} writes.
 */
package dev.lockstep.data.idx;
