package dev.lockstep.report;

import dev.lockstep.data.Schema;
import dev.lockstep.data.prepare.PreparedManifest;
import dev.lockstep.data.prepare.PreparedManifest.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a data set holds, as text. */
public final class DataTable {
  private static final int MAX_ROWS = 30;
  private static final int BAR = 30;
  private static final List<String> COLOURS = List.of("red", "green", "blue");

  private DataTable() {}

  /** A part on one line. */
  public static String line(PreparedManifest.Part part) {
    return "%s: %s examples%s, hash %s"
        .formatted(
            part.name(),
            Figures.count(part.examples()),
            part.rejected() == 0
                ? ""
                : " (%s could not be read)".formatted(Figures.count(part.rejected())),
            part.hash());
  }

  /** The same for machines. */
  public static Map<String, Object> fields(PreparedManifest.Part part) {
    return new TreeMap<>(
        Map.of(
            "part", part.name(),
            "examples", part.examples(),
            "rejected", part.rejected(),
            "classCounts", part.classCounts(),
            "hash", part.hash()));
  }

  /** All that is known of a part, for machines. */
  public static Map<String, Object> fields(Schema schema, PreparedManifest.Part part) {
    Map<String, Object> fields = fields(part);
    fields.put("schema", schema);
    fields.put("features", part.features());
    fields.put("targets", part.targets());
    return fields;
  }

  /** All that is known of a part. */
  public static String of(Schema schema, PreparedManifest.Part part) {
    List<String> lines = new ArrayList<>();
    lines.add(line(part));
    lines.add(
        "  features  %s %s"
            .formatted(
                schema.featureType().name().toLowerCase(Locale.ROOT), schema.featureShape()));
    if (part.features().size() == 1) {
      lines.add("  values    " + range(part.features().get(0)));
    } else {
      boolean colours = schema.columns().isEmpty() && part.features().size() == COLOURS.size();
      boolean picture = colours && schema.picture().isPresent();
      addRanges(
          lines,
          picture ? "channel" : "column",
          picture ? COLOURS : schema.columns(),
          part.features());
    }
    if (schema.classes() == 0) {
      addRanges(lines, "target", List.of(), part.targets());
    } else {
      addClasses(lines, schema, part);
    }
    return String.join("\n", lines);
  }

  private static String range(Range range) {
    return "%s to %s, mean %s, deviation %s"
        .formatted(
            Figures.setting(range.min()),
            Figures.setting(range.max()),
            Figures.quantity(range.mean()),
            Figures.quantity(range.deviation()));
  }

  private static void addRanges(
      List<String> lines, String what, List<String> names, List<Range> ranges) {
    int width = Math.max(3, names.stream().mapToInt(String::length).max().orElse(0));
    for (int i = 0; i < Math.min(MAX_ROWS, ranges.size()); i++) {
      String name = names.isEmpty() ? Integer.toString(i) : names.get(i);
      lines.add(("  %s %-" + width + "s %s").formatted(what, name, range(ranges.get(i))));
    }
    addRest(lines, ranges.size());
  }

  private static void addClasses(List<String> lines, Schema schema, PreparedManifest.Part part) {
    long largest = part.classCounts().stream().mapToLong(Long::longValue).max().orElse(0);
    int width = Math.max(6, schema.classNames().stream().mapToInt(String::length).max().orElse(0));
    for (int c = 0; c < Math.min(MAX_ROWS, schema.classes()); c++) {
      long count = part.classCounts().get(c);
      lines.add(
          String.format(
              Locale.ROOT,
              "  class %-" + width + "s %,12d  %5.2f %%  %s",
              schema.classNames().get(c),
              count,
              100.0 * count / Math.max(1, part.examples()),
              "█".repeat((int) Math.round((double) BAR * count / Math.max(1, largest)))));
    }
    addRest(lines, schema.classes());
  }

  private static void addRest(List<String> lines, int rows) {
    if (rows > MAX_ROWS) {
      lines.add("  … and %s more".formatted(Figures.count(rows - MAX_ROWS)));
    }
  }
}
