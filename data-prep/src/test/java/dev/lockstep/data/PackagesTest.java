package dev.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the packages of this module know each other, by their imports. */
class PackagesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern IMPORT =
      Pattern.compile(
          "^import (?:static )?(dev\\.lockstep\\.data[.a-z]*)\\.[A-Z]", Pattern.MULTILINE);

  @Test
  void the_root_knows_none_of_its_children() throws IOException {
    assertThat(imports().get("dev.lockstep.data")).isEmpty();
  }

  @Test
  void no_package_knows_itself_through_others() throws IOException {
    Map<String, Set<String>> known = imports();
    for (int step = 0; step < known.size(); step++) {
      known.replaceAll(
          (from, direct) ->
              Stream.concat(direct.stream(), direct.stream().flatMap(to -> known.get(to).stream()))
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
    known.forEach((from, all) -> assertThat(all).as(from).doesNotContain(from));
  }

  private static Map<String, Set<String>> imports() throws IOException {
    Map<String, Set<String>> imports = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.filter(file -> file.toString().endsWith(".java")).forEach(file -> add(file, imports));
    }
    assertThat(imports).hasSizeGreaterThan(1);
    return imports;
  }

  private static void add(Path file, Map<String, Set<String>> imports) {
    String from = SOURCES.relativize(file.getParent()).toString().replace('/', '.');
    Set<String> to = imports.computeIfAbsent(from, unused -> new TreeSet<>());
    try {
      Matcher matcher = IMPORT.matcher(Files.readString(file));
      while (matcher.find()) {
        to.add(matcher.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    to.remove(from);
  }
}
