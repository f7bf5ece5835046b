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
   * Fills a template. A report has thousands, for which {@link String#format} takes long.
   *
   * @param template a constant, in which each {@code %s} stands for a value and {@code %%} for %
   * @param values shown as text, unless they are markup themselves
   */
  static Html of(String template, Object... values) {
    StringBuilder markup = new StringBuilder();
    int value = 0;
    int from = 0;
    for (int at = template.indexOf('%'); at >= 0; at = template.indexOf('%', from)) {
      markup.append(template, from, at);
      markup.append(template.charAt(at + 1) == '%' ? "%" : escaped(values[value++]));
      from = at + 2;
    }
    return new Html(markup.append(template, from, template.length()).toString());
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
