package dev.lockstep.data.csv;

/** A value with line breaks, in a file that is read in parts: it has to be read as a whole. */
final class QuotedBreak extends RuntimeException {
  private static final long serialVersionUID = 1;
}
