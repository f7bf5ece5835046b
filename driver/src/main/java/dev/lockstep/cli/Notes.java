package dev.lockstep.cli;

import dev.lockstep.data.DataSource;
import dev.lockstep.report.Console;
import java.util.Map;

/** What users should know of data that they have named. */
final class Notes {
  private Notes() {}

  /** Tells each on a line. */
  static void tell(Console console, DataSource source) {
    source.notes().forEach(note -> tell(console, note));
  }

  /** Tells one. */
  static void tell(Console console, String note) {
    console.result("note", Map.of("text", note), "note: " + note);
  }
}
