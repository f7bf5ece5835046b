package dev.lockstep.data.prepare;

import java.io.Serializable;

/**
 * A file of a prepared data set.
 *
 * @param name relative to the data set's folder
 * @param bytes its length
 */
public record PreparedFile(String name, long bytes) implements Serializable {}
