/**
 * Models on disk. {@link dev.lockstep.models.file.NetworkFile} reads what somebody brings, {@link
 * dev.lockstep.models.file.ModelFile} writes and reads one model, with the {@link
 * dev.lockstep.models.file.StoredNormalizer} that DL4J may have saved beside it, {@link
 * dev.lockstep.models.file.CheckpointStore} keeps those of a run in a {@link
 * dev.lockstep.models.file.CheckpointFolder} of any file system, {@link
 * dev.lockstep.models.file.AtomicFile} writes any file wholly or not at all.
 */
package dev.lockstep.models.file;
