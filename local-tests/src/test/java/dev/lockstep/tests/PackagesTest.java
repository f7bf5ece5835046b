package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages of each module: how they know each other, and what they show of themselves. */
class PackagesTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile("^ +(dev\\.lockstep[.\\w]*) +-> (dev\\.lockstep[.\\w]*) ", Pattern.MULTILINE);
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:(?:abstract|final|sealed|non-sealed) )*(?:class|record|enum|interface|@interface)"
              + " (\\w+)",
          Pattern.MULTILINE);

  private static final Pattern INTERNAL =
      Pattern.compile(
          "^import (?:scala\\.(?!Tuple2;|Option;|Function1;|util\\.Properties;)"
              + "|org\\.apache\\.spark\\.(?:rpc|network(?!\\.util\\.JavaUtils)|metrics|resource"
              + "|util\\.(?:Rpc|Thread|Signal)?Utils|Barrier)).*;",
          Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"models", "data-prep", "driver", "driver/dl4j-spark"})
  void no_package_knows_itself_through_others(String module) {
    Map<String, Set<String>> known = dependencies(module);
    assertThat(known).hasSizeGreaterThan(1);
    for (int step = 0; step < known.size(); step++) {
      known.replaceAll(
          (from, direct) ->
              Stream.concat(
                      direct.stream(),
                      direct.stream().flatMap(to -> known.getOrDefault(to, Set.of()).stream()))
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
    known.forEach((from, all) -> assertThat(all).as(from).doesNotContain(from));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void each_packages_page_names_its_public_types(String module) throws IOException {
    List<Path> packages = packages(Path.of("..", module, "src/main/java"));
    assertThat(packages).isNotEmpty();
    SoftAssertions all = new SoftAssertions();
    for (Path folder : packages) {
      Path page = folder.resolve("package-info.java");
      all.assertThat(page).exists();
      String text = Files.exists(page) ? Files.readString(page) : "";
      for (String type : publicTypes(folder)) {
        all.assertThat(text).as(page.toString()).containsPattern("\\b" + type + "\\b");
      }
      Matcher named = ownTypes(text);
      while (named.find()) {
        all.assertThat(folder.resolve(named.group(1) + ".java")).as(page.toString()).exists();
      }
    }
    all.assertAll();
  }

  @Test
  void no_two_classes_have_the_same_name() throws IOException {
    Map<String, Set<Path>> places = new TreeMap<>();
    for (String module : modules()) {
      for (Path folder : packages(Path.of("..", module, "src/main/java"))) {
        for (Path source : sources(folder)) {
          places
              .computeIfAbsent(source.getFileName().toString(), unused -> new TreeSet<>())
              .add(folder);
        }
      }
    }
    places.remove("package-info.java");

    assertThat(places).hasSizeGreaterThan(modules().size());
    assertThat(places).allSatisfy((name, folders) -> assertThat(folders).as(name).hasSize(1));
  }

  /**
   * What other versions of Spark have otherwise; and Scala, but for what Spark's Java API gives.
   */
  @ParameterizedTest
  @ValueSource(strings = {"models", "driver"})
  void what_needs_sparks_internals_is_in_one_package(String module) throws IOException {
    SoftAssertions all = new SoftAssertions();
    for (Path folder : packages(Path.of("..", module, "src/main/java"))) {
      for (Path source : sources(folder)) {
        Matcher internal = INTERNAL.matcher(Files.readString(source));
        if (!folder.endsWith("dev/lockstep/spark") && internal.find()) {
          all.fail("%s has %s", source, internal.group());
        }
      }
    }
    all.assertAll();
  }

  /** What a page says of types of its own package. */
  private static Matcher ownTypes(String page) {
    String name = page.replaceFirst("(?s).*\\bpackage ([\\w.]+);\\s*$", "$1");
    return Pattern.compile(Pattern.quote(name) + "\\.([A-Z]\\w*)").matcher(page);
  }

  private static List<String> modules() {
    return List.of("models", "data-prep", "driver", "driver/dl4j-spark", "driver/bench-peers");
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static List<Path> packages(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .sorted()
          .toList();
    }
  }

  private static List<String> publicTypes(Path folder) throws IOException {
    Set<String> types = new TreeSet<>();
    for (Path source : sources(folder)) {
      Matcher type = PUBLIC_TYPE.matcher(Files.readString(source));
      while (type.find()) {
        types.add(type.group(1));
      }
    }
    return List.copyOf(types);
  }

  /** By the JDK's own tool, which sees what imports do not show. */
  private static Map<String, Set<String>> dependencies(String module) {
    StringWriter out = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    jdeps.run(
        new PrintWriter(out),
        new PrintWriter(new StringWriter()),
        "-verbose:package",
        Path.of("..", module, Product.TARGET, "classes").toString());
    Map<String, Set<String>> known = new TreeMap<>();
    Matcher dependency = DEPENDENCY.matcher(out.toString());
    while (dependency.find()) {
      known
          .computeIfAbsent(dependency.group(1), unused -> new TreeSet<>())
          .add(dependency.group(2));
    }
    return known;
  }
}
