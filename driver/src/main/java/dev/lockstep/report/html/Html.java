package dev.lockstep.report.html;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Markup that is safe to show.
 *
 * @param markup in which all that came from outside is escaped
 */
record Html(String markup) {
  static final Html NONE = new Html("");

  /**
   * Fills a template.
   *
   * @param template a constant, as {@link String#format} takes it
   * @param values shown as text, unless they are markup themselves
   */
  static Html of(String template, Object... values) {
    return new Html(template.formatted(Arrays.stream(values).map(Html::escaped).toArray()));
  }

  /** One after the other. */
  static Html join(Collection<Html> parts) {
    return new Html(parts.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  static Html join(Html... parts) {
    return join(Arrays.asList(parts));
  }

  boolean isEmpty() {
    return markup.isEmpty();
  }

  private static String escaped(Object value) {
    return value instanceof Html html
        ? html.markup()
        : String.valueOf(value)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
  }
}
