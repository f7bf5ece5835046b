package dev.lockstep.study;

import java.util.Map;

/** What a training of a study brought, as a {@link StudyFolder} keeps it. */
public interface StudyResult {
  /** What tells the training from others of its study, as a file may be named. */
  String name();

  /** What the name meant when it was trained, as its network, data and learning rates: a hash. */
  String meant();

  /** Its columns in a table: strings, integers, floating numbers, booleans, arrays of double. */
  Map<String, Object> columns();
}
