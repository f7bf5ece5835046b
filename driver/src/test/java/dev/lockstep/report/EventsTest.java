package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventsTest {
  /** Where an event is told, directly or by {@link ConsoleProgress}. */
  private static final Pattern TOLD =
      Pattern.compile(
          "(?:\\.progress|\\.result|\\btell|new Entry|\\bline(?=\\([^)]*fields))\\(\\s*\"(\\w+)\"");

  @Test
  void the_docs_name_each_event_that_a_command_tells() throws IOException {
    Set<String> told = new TreeSet<>();
    for (Path source : sources()) {
      TOLD.matcher(Files.readString(source))
          .results()
          .map(found -> found.group(1))
          .forEach(told::add);
    }
    Set<String> named = new TreeSet<>();
    for (String row : Files.readAllLines(Path.of("docs", "EVENTS.md"))) {
      if (row.startsWith("| `")) {
        Pattern.compile("`(\\w+)`")
            .matcher(row.substring(0, row.indexOf('|', 1)))
            .results()
            .map((MatchResult name) -> name.group(1))
            .forEach(named::add);
      }
    }

    assertThat(named).containsExactlyElementsOf(told);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
