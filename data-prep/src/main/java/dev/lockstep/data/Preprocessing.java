package dev.lockstep.data;

import java.io.Serializable;

/**
 * What becomes of a file before it is an example. A model keeps it, for others' files to be read as
 * those were that it learnt from. Each format that has such has its own kind.
 */
public interface Preprocessing extends Serializable {}
