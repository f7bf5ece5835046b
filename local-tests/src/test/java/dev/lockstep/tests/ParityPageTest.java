package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page that compares with other estimators: what it claims of ours is tested, or it says no.
 */
class ParityPageTest {
  private static final Path PAGE = Path.of("../driver/docs/ML_PARITY.md");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  private static boolean exists(String test) {
    return Stream.of("local-tests", "driver", "models", "data-prep")
        .map(module -> Path.of("..", module, "src/test/java"))
        .anyMatch(sources -> holds(sources, test + ".java"));
  }

  private static boolean holds(Path sources, String name) {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.anyMatch(file -> file.endsWith(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void each_row_names_a_test_that_there_is_or_says_no() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .map(line -> line.split("[|]")[2].strip())
            .toList();

    assertThat(rows).hasSizeGreaterThan(25);
    for (String ours : rows) {
      List<String> tests = TEST.matcher(ours).results().map(found -> found.group(1)).toList();
      assertThat(tests.isEmpty()).as(ours).isEqualTo(ours.matches("no(:.*)?"));
      assertThat(tests).as(ours).allMatch(ParityPageTest::exists);
    }
  }
}
