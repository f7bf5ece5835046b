package dev.lockstep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a command tells: lines for people, or one JSON object a line for machines. An object has
 * {@code event}, {@code time} in ISO 8601, and the event's own fields; numbers that are not finite
 * are the strings "NaN", "Infinity" and "-Infinity".
 *
 * @param out where to
 * @param style how
 * @param terminal what is behind {@code out}
 */
public record Console(PrintWriter out, Style style, Terminal terminal) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How a command tells what it does. */
  public enum Style {
    /** Lines, with progress. */
    LINES,
    /** Results only. */
    QUIET,
    /** JSON objects. */
    JSON
  }

  /** Tells how far a command has come. */
  public void progress(String event, Map<String, ?> fields, String line) {
    if (style != Style.QUIET) {
      result(event, fields, line);
    }
  }

  /**
   * Tells what a command has brought.
   *
   * @param event its name
   * @param fields what a machine may want to know of it
   * @param line what a person may; may be several lines
   */
  public void result(String event, Map<String, ?> fields, String line) {
    out.println(style == Style.JSON ? json(event, fields) : line);
  }

  /** The heading of a table of results, for people: machines know fields by their names. */
  public void heading(String line) {
    if (style != Style.JSON) {
      out.println(line);
    }
  }

  /** Whether a bar may be drawn below the lines. */
  public boolean showsBar() {
    return style == Style.LINES && terminal == Terminal.INTERACTIVE;
  }

  private static String json(String event, Map<String, ?> fields) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("event", event);
    object.put("time", Instant.now().toString());
    object.putAll(fields);
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("fields of " + event + " that are no JSON", e);
    }
  }
}
