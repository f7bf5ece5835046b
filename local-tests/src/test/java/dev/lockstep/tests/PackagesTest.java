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
import org.junit.jupiter.params.ParameterizedTest;
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

  @ParameterizedTest
  @ValueSource(strings = {"models", "data-prep", "driver"})
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

  /** Packages are added here when their page is written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "models/dev.lockstep.models",
        "models/dev.lockstep.models.blas",
        "models/dev.lockstep.models.dl4j",
        "models/dev.lockstep.models.file",
        "models/dev.lockstep.models.network",
        "data-prep/dev.lockstep.data.csv",
        "data-prep/dev.lockstep.data.fetch",
        "data-prep/dev.lockstep.data.idx",
        "data-prep/dev.lockstep.data.open",
        "data-prep/dev.lockstep.data.parquet",
        "data-prep/dev.lockstep.data.prepare",
        "driver/dev.lockstep.cli",
        "driver/dev.lockstep.doctor",
        "driver/dev.lockstep.memory",
        "driver/dev.lockstep.predict",
        "driver/dev.lockstep.report.html",
        "driver/dev.lockstep.report.tensorboard",
        "driver/dev.lockstep.spark",
      })
  void a_packages_page_names_its_public_types(String place) throws IOException {
    int slash = place.indexOf('/');
    Path folder =
        Path.of("..", place.substring(0, slash), "src/main/java")
            .resolve(place.substring(slash + 1).replace('.', '/'));
    String page = Files.readString(folder.resolve("package-info.java"));
    for (String type : publicTypes(folder)) {
      assertThat(page).as(place).containsPattern("\\b" + type + "\\b");
    }
  }

  private static List<String> publicTypes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      Set<String> types = new TreeSet<>();
      for (Path source : sources) {
        Matcher type = PUBLIC_TYPE.matcher(Files.readString(source));
        while (type.find()) {
          types.add(type.group(1));
        }
      }
      return List.copyOf(types);
    }
  }

  /** By the JDK's own tool, which sees what imports do not show. */
  private static Map<String, Set<String>> dependencies(String module) {
    StringWriter out = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    jdeps.run(
        new PrintWriter(out),
        new PrintWriter(new StringWriter()),
        "-verbose:package",
        Path.of("..", module, "target/classes").toString());
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
