package dev.lockstep.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report under construction. */
final class Page {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ROOT);

  private final String title;
  private final String headline;
  private final List<Html> notes = new ArrayList<>();
  private final List<Html> tiles = new ArrayList<>();
  private final List<Html> cards = new ArrayList<>();

  Page(String title, String headline) {
    this.title = title;
    this.headline = headline;
  }

  /** How serious a note is. */
  enum Note {
    INFO,
    WARNING,
    FAILURE
  }

  /** How wide a card is where there is room. */
  enum Width {
    HALF,
    FULL
  }

  void note(Note kind, String text) {
    notes.add(Html.of("<p class='note %s'>%s</p>", kind.name().toLowerCase(Locale.ROOT), text));
  }

  void tile(String name, String value) {
    tiles.add(Html.of("<div class='tile'><b>%s</b><span>%s</span></div>", value, name));
  }

  void card(String heading, Width width, Html content) {
    cards.add(
        Html.of(
            "<section class='card %s'><h2>%s</h2>%s</section>",
            width.name().toLowerCase(Locale.ROOT), heading, content));
  }

  void save(Path file) throws IOException {
    Html page =
        Html.of(
            """
            <!doctype html>
            <html lang='en'>
            <head>
            <meta charset='utf-8'>
            <meta name='viewport' content='width=device-width, initial-scale=1'>
            <meta name='color-scheme' content='light dark'>
            <meta http-equiv='Content-Security-Policy' content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <title>%s – Lockstep</title>
            <style>
            %s
            </style>
            </head>
            <body>
            <header><h1>%s</h1><p>%s</p></header>
            %s
            <div class='tiles'>%s</div>
            <main>%s</main>
            <footer>Lockstep · %s</footer>
            </body>
            </html>
            """,
            title,
            style(),
            title,
            headline,
            Html.join(notes),
            Html.join(tiles),
            Html.join(cards),
            ZonedDateTime.now().format(TIME));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, page.markup());
  }

  private static Html style() throws IOException {
    try (InputStream css = Page.class.getResourceAsStream("report.css")) {
      return new Html(new String(css.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
