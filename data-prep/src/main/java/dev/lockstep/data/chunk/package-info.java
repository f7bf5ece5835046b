/**
 * Examples that do not fit in memory: a worker's lie in chunks on its executor's local disks. A
 * {@link dev.lockstep.data.chunk.ChunkPlan} says how large chunks are, and how many are in memory
 * at once; a {@link dev.lockstep.data.chunk.ChunkedRdd} writes them, and gives {@link
 * dev.lockstep.data.chunk.ChunkedExamples}, which are read in a {@link
 * dev.lockstep.data.chunk.WindowOrder}. {@link dev.lockstep.data.chunk.LocalChunks} removes what is
 * not needed any more.
 *
 * <p>What {@code lockstep prepare} has written as chunks ({@link
 * dev.lockstep.data.chunk.ChunkFileWriter}), {@link dev.lockstep.data.chunk.ChunkFormat} opens, and
 * it is trained from where it is.
 *
 * <p>A file of chunks: at equal distances, each chunk's records one after the other, then the sum
 * of the hashes of its ids, int64, and the CRC-32C of its records, int32; all little-endian.
 */
package dev.lockstep.data.chunk;
