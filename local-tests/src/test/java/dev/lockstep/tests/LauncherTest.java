package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("each-line")
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir private Path folder;

  @Test
  void by_default_it_runs_the_main_class_on_all_local_cores() {
    Output dryRun = run(Product.LAUNCHER, Map.of(), "--dry-run", "train", "mnist");

    assertThat(dryRun.exitCode()).isZero();
    assertThat(dryRun.text())
        .startsWith("OMP_NUM_THREADS=1 ")
        .contains("-Dspark.master=local\\[\\*\\]", "/cluster/conf/jvm.options", "log4j2-quiet")
        .endsWith(" dev.lockstep.cli.Main train mnist \n");
  }

  @Test
  void master_heap_and_spark_settings_are_passed_on() {
    Output dryRun =
        run(
            Product.LAUNCHER,
            Map.of("OMP_NUM_THREADS", "3"),
            "--master",
            "local[4]",
            "--heap=5g",
            "--spark-conf",
            "spark.app.name=two words",
            "--dry-run",
            "fetch",
            "mnist",
            "--verbose");

    assertThat(dryRun.text())
        .startsWith("OMP_NUM_THREADS=3 ")
        .contains(
            "-Dspark.master=local\\[4\\]",
            "-Xmx5g",
            "-Dspark.app.name=two\\ words",
            "log4j2-verbose");
  }

  @Test
  void with_a_cluster_and_a_spark_distribution_spark_submit_runs_the_same_class() {
    Output dryRun =
        run(
            Product.LAUNCHER,
            Map.of("SPARK_HOME", "/opt/spark"),
            "--master",
            "spark://host:7077",
            "--spark-conf",
            "spark.cores.max=4",
            "--dry-run",
            "train",
            "linear");

    assertThat(dryRun.text())
        .contains(
            "/opt/spark/bin/spark-submit --master spark://host:7077 --class"
                + " dev.lockstep.cli.Main")
        .contains("--conf spark.cores.max=4", "SPARK_SUBMIT_OPTS=")
        .endsWith(Product.JAR + " train linear \n");
    // DL4J's Spark layer is for that line only.
    assertThat(dryRun.text().contains(" --jars ")).isEqualTo(Product.SPARK.equals("3.5"));
  }

  @Test
  void packages_are_given_to_spark_submit() {
    Output dryRun =
        run(
            Product.LAUNCHER,
            Map.of("SPARK_HOME", "/opt/spark"),
            "--master=spark://host:7077",
            "--packages",
            "a.b:c:1",
            "--spark-conf=spark.jars.packages=d:e:2,f:g:3",
            "--dry-run",
            "show");

    assertThat(dryRun.text())
        .contains(" --packages a.b:c:1\\,d:e:2\\,f:g:3 ")
        .doesNotContain("spark.jars.packages");
  }

  @Test
  void in_local_mode_packages_that_were_fetched_are_behind_sparks_jars() throws IOException {
    Path checkout = checkout("");
    Path jar = Files.createFile(folder.resolve("c-1.jar"));
    Path kept = checkout.resolve("driver/" + Product.TARGET + "/packages/a.b_c_1");
    Files.writeString(Files.createDirectories(kept).resolve("classpath"), jar.toString());

    Output dryRun = run(checkout.resolve("lockstep"), Map.of(), "--packages=a.b:c:1", "--dry-run");

    assertThat(dryRun.text()).contains(":" + jar + " dev.lockstep.cli.Main");
  }

  @Test
  void packages_that_are_no_coordinates_are_refused() {
    Output output = run(Product.LAUNCHER, Map.of(), "--packages", "hadoop-aws", "show");

    assertThat(output.exitCode()).isEqualTo(3);
    assertThat(output.text())
        .isEqualTo(
            "lockstep: --packages hadoop-aws: expected GROUP:ARTIFACT:VERSION, several with"
                + " commas\n");
  }

  @Test
  void without_a_spark_distribution_the_mini_clusters_spark_submit_is_taken() {
    Output dryRun =
        run(Product.LAUNCHER, Map.of(), "--master", "local-cluster[2,1,1024]", "--dry-run", "show");

    assertThat(dryRun.text())
        .contains("/cluster/target/mini-cluster/spark/bin/spark-submit --master local-cluster");
  }

  @Test
  void without_any_spark_submit_it_says_what_to_do() {
    Output output =
        run(
            Product.LAUNCHER,
            Map.of("SPARK_HOME", "/nowhere"),
            "--master",
            "spark://host:7077",
            "show");

    assertThat(output.exitCode()).isEqualTo(3);
    assertThat(output.text())
        .isEqualTo(
            "lockstep: --master spark://host:7077 needs a spark-submit, and there is no"
                + " /nowhere/bin/spark-submit: set SPARK_HOME to a Spark distribution, or run"
                + " cluster/bin/mini-cluster start\n");
  }

  @Test
  void it_works_through_a_symbolic_link() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("my lockstep"), Product.LAUNCHER);

    assertThat(run(link, Map.of(), "--dry-run").text())
        .contains(Product.LAUNCHER.getParent() + "/driver");
  }

  @Test
  void without_java_it_says_what_to_install() {
    Output output = run(Product.LAUNCHER, Map.of("JAVA_HOME", "/nowhere"), "--dry-run");

    assertThat(output.exitCode()).isEqualTo(3);
    assertThat(output.text())
        .isEqualTo(
            "lockstep: no Java found at '/nowhere/bin/java': install JDK 17 or set JAVA_HOME\n");
  }

  @Test
  void a_setting_that_is_not_sparks_is_refused() {
    Output output = run(Product.LAUNCHER, Map.of(), "--spark-conf", "cores=4", "--dry-run");

    assertThat(output.exitCode()).isEqualTo(3);
    assertThat(output.text())
        .isEqualTo("lockstep: --spark-conf cores=4: expected spark.NAME=VALUE\n");
  }

  @Test
  void a_line_of_spark_that_there_is_not_is_refused() {
    Output output = run(Product.LAUNCHER, Map.of(), "--spark", "2.4", "train", "mnist");

    assertThat(output.exitCode()).isEqualTo(3);
    assertThat(output.text()).isEqualTo("lockstep: --spark 2.4: expected 3.5 or 4\n");
  }

  @ParameterizedTest
  @CsvSource(
      value = {"3.5,/target/lockstep-spark-3.5.jar", "4,/target/spark-4/lockstep-spark-4.jar"})
  void each_line_of_spark_has_its_jar(String line, String jar) {
    Output dryRun = run(Product.LAUNCHER, Map.of(), "--spark=" + line, "--dry-run", "show");

    assertThat(dryRun.text()).contains("/driver" + jar);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4x | expected a size such as 2g or 900m",
        "0g | expected a size such as 2g or 900m",
        "4 g | expected a size such as 2g or 900m",
        "64m | Spark needs at least 512m",
        "4000k | Spark needs at least 512m"
      })
  void a_heap_that_is_misspelt_or_too_small_is_refused(String heap, String reason) {
    Output option = run(Product.LAUNCHER, Map.of(), "--heap", heap, "show");
    Output variable = run(Product.LAUNCHER, Map.of("LOCKSTEP_HEAP", heap), "show");

    assertThat(option.exitCode()).isEqualTo(3);
    assertThat(option.text()).isEqualTo("lockstep: --heap %s: %s%n".formatted(heap, reason));
    assertThat(variable.exitCode()).isEqualTo(3);
    assertThat(variable.text())
        .isEqualTo("lockstep: LOCKSTEP_HEAP %s: %s%n".formatted(heap, reason));
  }

  @Test
  void a_jar_that_is_gone_is_told_with_what_to_do() throws IOException {
    Path checkout = checkout("/nowhere/spark.jar:/nowhere/scala.jar");

    Output output = run(checkout.resolve("lockstep"), Map.of(), "show");

    assertThat(output.exitCode()).isEqualTo(3);
    assertThat(output.text())
        .isEqualTo(
            "lockstep: /nowhere/spark.jar is gone, or cannot be read by this user: build again,"
                + " with mvn -DskipTests package\n");
  }

  @Test
  void a_class_archive_that_was_cut_is_made_anew() throws IOException {
    Path checkout = checkout("");
    Path archive = checkout.resolve("driver/" + Product.TARGET + "/lockstep.jsa");
    Files.writeString(archive, "the first half");
    Files.writeString(checkout.resolve("driver/" + Product.TARGET + "/lockstep.jsa.size"), "28\n");

    // The jar is none, so that neither an archive nor the command comes of it.
    Output output = run(checkout.resolve("lockstep"), Map.of(), "show");

    assertThat(output.err()).contains("dev.lockstep.cli.Main");
    assertThat(archive).isEmptyFile();
  }

  @Test
  void where_a_jvm_records_what_it_does_no_class_archive_is_made_or_used() throws IOException {
    Path checkout = checkout("");
    Path archive = checkout.resolve("driver/" + Product.TARGET + "/lockstep.jsa");
    Map<String, String> recording =
        Map.of("JDK_JAVA_OPTIONS", "-XX:StartFlightRecording=filename=" + folder.resolve("a.jfr"));

    Output output = run(checkout.resolve("lockstep"), recording, "show");

    assertThat(output.err()).contains("dev.lockstep.cli.Main");
    assertThat(archive).doesNotExist();
  }

  /** What looks like one that was built. */
  private Path checkout(String sparkClasspath) throws IOException {
    Path target = Files.createDirectories(folder.resolve("driver/" + Product.TARGET));
    Files.createDirectories(folder.resolve("cluster/conf"));
    for (String module : List.of("models", "data-prep", "driver", "driver/dl4j-spark")) {
      Files.createDirectories(folder.resolve(module + "/src/main"));
      Files.createFile(folder.resolve(module + "/pom.xml"));
    }
    Files.createFile(folder.resolve("pom.xml"));
    Files.createFile(folder.resolve("cluster/conf/jvm.options"));
    Files.writeString(target.resolve("spark.classpath"), sparkClasspath);
    Files.createFile(target.resolve(Product.JAR.getFileName()));
    Files.createFile(
        Files.createDirectories(folder.resolve("driver/dl4j-spark/" + Product.TARGET))
            .resolve("lockstep-dl4j-spark.jar"));
    return Files.copy(Product.LAUNCHER, folder.resolve("lockstep")).getParent();
  }

  private static Output run(Path launcher, Map<String, String> environment, String... args) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    return Output.of(environment, command);
  }
}
