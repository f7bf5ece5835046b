package dev.lockstep.report;

import java.util.Map;
import java.util.stream.Collectors;

/** Text for TensorBoard. */
public final class Markdown {
  private Markdown() {}

  /** Names and values as a table. */
  public static String table(Map<String, ?> rows) {
    return "| | |\n|---|---|\n"
        + rows.entrySet().stream()
            .map(row -> "| %s | %s |\n".formatted(cell(row.getKey()), cell(row.getValue())))
            .collect(Collectors.joining());
  }

  private static String cell(Object value) {
    return String.valueOf(value).replace("|", "\\|").replace("\n", " ");
  }
}
