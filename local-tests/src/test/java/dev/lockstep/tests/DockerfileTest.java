package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image for Kubernetes, as far as that goes without an engine: its steps are done in an empty
 * folder, and what they leave there is started as Spark's entry point starts a driver.
 */
@Tag("each-line")
@EnabledOnOs({OS.LINUX, OS.MAC})
class DockerfileTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern STEP = Pattern.compile("([A-Z]+)\\s+(.+)");
  private static final Pattern ARGUMENT = Pattern.compile("--build-arg (\\w+)=(\\S+)");

  @TempDir private Path image;
  private final Map<String, String> arguments = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> packages = new ArrayList<>();
  private String base;
  private String user;

  /** Does the steps. */
  @BeforeEach
  void build() throws IOException {
    String text = Files.readString(ROOT.resolve("cluster/Dockerfile"));
    if (Product.SPARK.equals("4")) {
      ARGUMENT.matcher(text).results().forEach(m -> arguments.put(m.group(1), m.group(2)));
    }
    String steps = text.replaceAll("(?m)^#.*\\n", "").replaceAll("\\\\\\n", " ");
    for (String line : steps.lines().filter(line -> !line.isBlank()).toList()) {
      Matcher step = STEP.matcher(line);
      assertThat(step.matches()).as(line).isTrue();
      run(step.group(1), expanded(step.group(2)));
    }
  }

  private String expanded(String text) {
    return Pattern.compile("\\$\\{(\\w+)}")
        .matcher(text)
        .replaceAll(name -> Matcher.quoteReplacement(arguments.get(name.group(1))));
  }

  private void run(String instruction, String value) throws IOException {
    String[] words = value.split("[ =]", 2);
    switch (instruction) {
      case "ARG" -> arguments.putIfAbsent(words[0], words[1]);
      case "ENV" -> environment.put(words[0], words[1]);
      case "FROM" -> base = value;
      case "USER" -> user = value;
      case "RUN" -> packages.addAll(packages(value));
      case "COPY" -> {
        Path target = image.resolve(words[1].substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(ROOT.resolve(words[0]), target, StandardCopyOption.COPY_ATTRIBUTES);
      }
      default -> throw new AssertionError("nothing is known of " + instruction);
    }
  }

  /** What a command installs; other commands are not known here. */
  private static List<String> packages(String commands) {
    List<String> installed = new ArrayList<>();
    for (String command : commands.split("\\s*&&\\s*")) {
      if (command.startsWith("apt-get install ")) {
        Stream.of(command.split("\\s+"))
            .skip(2)
            .filter(word -> !word.startsWith("-"))
            .forEach(installed::add);
      } else {
        assertThat(command).isIn("apt-get update", "rm -rf /var/lib/apt/lists/*");
      }
    }
    return installed;
  }

  @Test
  void the_base_is_the_spark_and_the_scala_that_the_jar_is_built_for() {
    String core =
        JavaSparkContext.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    Matcher version = Pattern.compile(".*/spark-core_([\\d.]+)-([\\d.]+)\\.jar").matcher(core);

    assertThat(version.matches()).as(core).isTrue();
    assertThat(base)
        .isEqualTo("apache/spark:%s-scala%s-java17-ubuntu", version.group(2), version.group(1));
  }

  @Test
  void its_user_can_read_the_jar_which_is_where_the_settings_say() throws IOException {
    Path jar = image.resolve("opt/lockstep/lockstep.jar");

    assertThat(user).isEqualTo("185");
    assertThat(Files.getPosixFilePermissions(jar)).contains(PosixFilePermission.OTHERS_READ);
    assertThat(ROOT.resolve("cluster/conf/kubernetes.conf"))
        .content()
        .contains("local:///opt/lockstep/lockstep.jar");
  }

  @Test
  void a_driver_that_is_started_from_it_trains() throws IOException {
    Path work = Files.createDirectories(image.resolve("opt/spark/work-dir"));
    Path submit = SparkHome.assemble(image.resolve("opt/spark"));
    Path settings = Files.createFile(image.resolve("opt/spark/settings"));
    List<String> command = new ArrayList<>(List.of(submit.toString()));
    command.addAll(List.of("--conf", "spark.driver.bindAddress=127.0.0.1"));
    command.addAll(List.of("--deploy-mode", "client", "--master", "local[2]"));
    command.addAll(List.of("--properties-file", settings.toString()));
    command.addAll(List.of("--class", "dev.lockstep.cli.Main"));
    command.add("local://" + image.resolve("opt/lockstep/lockstep.jar"));
    command.addAll(List.of("train", "linear", "--epochs", "20", "--no-plots"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));

    Output trained = Output.of(builder.start());

    assertThat(trained.exitCode()).as(trained::text).isZero();
    assertThat(trained.out()).contains("blas step, Spark ", "saved runs/linear/model.zip");
    assertThat(work.resolve("runs/linear/model.zip")).exists();
    assertThat(environment).containsEntry("OMP_NUM_THREADS", "1");
  }
}
