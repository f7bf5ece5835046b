package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code lockstep predict --data}: rows of tables. */
@ExtendWith(SparkExtension.class)
class PredictTableTest {
  private static final int ROWS = 120;

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path others;

  @BeforeAll
  static void train() throws IOException {
    Path csv = shared.resolve("passengers.csv");
    others = shared.resolve("others.csv");
    Passengers.write(csv, 300, 3);
    Passengers.write(others, ROWS, 4);
    train(csv, "survived", "dense:8", "classifier");
    train(csv, "fare", "dense:4", "regression");
  }

  private static void train(Path csv, String label, String network, String model) {
    CommandLine trained =
        CommandLine.run(
            "train",
            "custom",
            "--network",
            network,
            "--data",
            csv.toString(),
            "--labels",
            label,
            "--ignore-columns",
            "passenger,name",
            "--normalise",
            "standardise",
            "--epochs",
            "8",
            "--model-dir",
            shared.resolve(model).toString(),
            "--no-plots",
            "--no-report");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  private static CommandLine predict(String model, Path data, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "predict", "--model", shared.resolve(model).toString(), "--data", data.toString()));
    arguments.addAll(Arrays.asList(more));
    return CommandLine.run(arguments.toArray(String[]::new));
  }

  private static Map<String, String> files(Path out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(file).toString();
        if (!name.startsWith("_plan") && !name.startsWith(".") && !name.contains("/.")) {
          files.put(name, Files.readString(file));
        }
      }
    }
    return files;
  }

  private static List<String> lines(Path out, String part) throws IOException {
    return files(out).entrySet().stream()
        .filter(file -> file.getKey().startsWith(part))
        .flatMap(file -> file.getValue().lines())
        .toList();
  }

  @Test
  void the_page_shows_the_least_certain_rows_with_what_is_kept_and_those_not_usable()
      throws IOException {
    Path odd = folder.resolve("odd.csv");
    Files.writeString(odd, Files.readString(others) + "900;Extra;first;female;30\n");
    Path page = folder.resolve("pages/rows.html");

    CommandLine predicted =
        predict(
            "classifier",
            odd,
            "--labels",
            "survived",
            "--keep",
            "passenger,name",
            "--report",
            page.toString());

    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predicted.out()).contains("report in " + page);
    String html = Files.readString(page).replace("\n", "");
    List<String> rows =
        Pattern.compile(
                "<tr><th>odd[.]csv: \\d+</th><td>(\\d+)</td><td>Passenger; (\\d+)</td>"
                    + "<td>(yes|no)</td><td>(0[.]\\d+|1[.]0+)</td><td>(yes|no)</td><td>(yes|no|)</td></tr>")
            .matcher(html)
            .results()
            .map(
                row -> {
                  assertThat(row.group(1)).isEqualTo(row.group(2));
                  assertThat(row.group(3)).isNotEqualTo(row.group(5)).isNotEqualTo(row.group(6));
                  return row.group(4);
                })
            .toList();
    assertThat(rows).hasSize(ROWS).isSorted();
    assertThat(html).contains("<b>%d</b><span>predicted</span>".formatted(ROWS));
    assertThat(html).containsPattern("odd.csv: \\d+</th><td>expected 9 values, found 5");
  }

  @Test
  void the_page_of_a_regression_shows_the_largest_errors() throws IOException {
    Path page = folder.resolve("fares.html");

    assertThat(predict("regression", others, "--labels", "fare", "--report", page.toString()).out())
        .contains("report in " + page);

    List<Double> errors =
        Pattern.compile("others[.]csv: \\d+</th><td>([\\d.]+)</td><td>([\\d.]+)</td></tr>")
            .matcher(Files.readString(page).replace("\n", ""))
            .results()
            .map(
                row ->
                    -Math.abs(Double.parseDouble(row.group(1)) - Double.parseDouble(row.group(2))))
            .toList();
    assertThat(errors)
        .hasSize(ROWS)
        .isSortedAccordingTo((a, b) -> Math.abs(a - b) < 1e-3 ? 0 : Double.compare(a, b));
  }

  @Test
  void rows_are_told_as_evaluate_tells_them_and_those_that_cannot_be_used_by_their_lines()
      throws IOException {
    CommandLine evaluated =
        CommandLine.run(
            "evaluate",
            "--model",
            shared.resolve("classifier").toString(),
            "--data",
            others.toString(),
            "--labels",
            "survived");
    Path odd = folder.resolve("odd.csv");
    Files.writeString(
        odd,
        Files.readString(others)
            + "900;Extra;first;female;30\n901;Extra;first;female;30;dear;Cherbourg;;yes\n");
    Path out = folder.resolve("out");

    CommandLine predicted =
        predict(
            "classifier",
            odd,
            "--labels",
            "survived",
            "--keep",
            "passenger,name",
            "--format",
            "csv",
            "--out",
            out.toString());

    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    String accuracy = evaluated.out().lines().findFirst().orElseThrow();
    assertThat(accuracy).startsWith("accuracy 0.");
    assertThat(predicted.out()).contains(accuracy).contains("120 rows predicted, 2 not usable");
    assertThat(lines(out, "quarantine"))
        .containsExactly(
            "file,line,reason",
            "file:%s,122,\"expected 9 values, found 5\"".formatted(odd),
            "file:%s,123,\"column fare: expected a number, found 'dear'\"".formatted(odd));
    assertThat(lines(out, "predictions"))
        .hasSize(ROWS + 1)
        .startsWith(
            "passenger,name,file,line,label,prediction,probability,top,top_probabilities,"
                + "probabilities,model");
    assertThat(lines(out, "predictions").get(1))
        .matches("0,Passenger; 0,file:%s,2,(yes|no),(yes|no),0\\.\\d+,.*".formatted(odd));
  }

  @Test
  void a_run_that_failed_half_way_goes_on_to_the_same_bytes_and_takes_what_is_new()
      throws IOException {
    Path table = folder.resolve("table");
    List<Path> parts = parquet(table);
    Path whole = folder.resolve("whole");
    assertThat(predict("classifier", table, json(whole)).exitCode()).isZero();
    byte[] good = Files.readAllBytes(parts.get(1));
    FileTime time = Files.getLastModifiedTime(parts.get(1));
    byte[] bad = good.clone();
    Arrays.fill(bad, 4, 4 + good.length / 3, (byte) 7);
    Files.write(parts.get(1), bad);
    Files.setLastModifiedTime(parts.get(1), time);
    Path out = folder.resolve("out");

    CommandLine failed = predict("classifier", table, json(out));
    Files.write(parts.get(1), good);
    Files.setLastModifiedTime(parts.get(1), time);
    CommandLine resumed = predict("classifier", table, json(out));

    assertThat(failed.exitCode()).isNotZero();
    assertThat(failed.err()).contains(parts.get(1).getFileName().toString()).hasLineCount(1);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(files(out)).isEqualTo(files(whole));
    assertThat(lines(out, "predictions"))
        .hasSize(ROWS)
        .allMatch(row -> row.contains("\"passenger\":"));
    assertThat(predict("classifier", table, json(out)).out())
        .contains("120 rows predicted, 0 not usable, 120 of them before");
    Files.setLastModifiedTime(parts.get(1), FileTime.fromMillis(0));
    assertThat(predict("classifier", table, json(out)).err())
        .contains("has changed since its rows were predicted: choose another --out");
  }

  private String[] json(Path out) {
    return new String[] {"--format", "json", "--keep", "all", "--out", out.toString()};
  }

  private static List<Path> parquet(Path table) throws IOException {
    Frames.session(SparkExtension.context())
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .option("sep", ";")
        .csv(others.toString())
        .repartition(2)
        .write()
        .parquet(table.toString());
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  @Test
  void numbers_are_called_as_the_column_that_was_learnt() throws IOException {
    Path out = folder.resolve("out");

    CommandLine predicted =
        predict(
            "regression",
            others,
            "--labels",
            "fare",
            "--keep",
            "fare",
            "--format",
            "csv",
            "--out",
            out.toString());

    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predicted.out()).containsPattern("mse .* r2 .*\\(120 examples\\)");
    assertThat(lines(out, "predictions")).startsWith("fare,file,line,predicted_fare,model");
  }

  @Test
  void evaluate_tells_each_group_of_rows_and_of_many_the_largest() {
    CommandLine few = evaluate("classifier", "survived", "sex");
    CommandLine many = evaluate("classifier", "survived", "passenger");
    CommandLine numbers = evaluate("regression", "fare", "class");

    assertThat(few.exitCode()).as(few.err()).isZero();
    assertThat(few.out())
        .containsPattern("sex +examples +accuracy +macro F1 +loss")
        .containsPattern("female +\\d+ +[01]\\.\\d+ +[01]\\.\\d+")
        .containsPattern(" male +\\d+ +[01]\\.\\d+");
    assertThat(many.out())
        .contains("column passenger has 120 values: the 100 of most rows are told")
        .containsPattern("20 others +20 ");
    assertThat(numbers.out())
        .containsPattern("class +examples +target +mse +mae +r2")
        .containsPattern("second +\\d+ +fare ");
    assertThat(evaluate("classifier", "survived", "cabin").err())
        .contains("expected a column 'cabin'")
        .hasLineCount(1);
  }

  private static CommandLine evaluate(String model, String label, String by) {
    return CommandLine.run(
        "evaluate",
        "--model",
        shared.resolve(model).toString(),
        "--data",
        others.toString(),
        "--labels",
        label,
        "--by",
        by);
  }

  @Test
  void mistakes_are_one_line() throws IOException {
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "class,sex\nfirst,female\n");

    assertThat(predict("classifier", other).err())
        .containsPattern("other.csv: line 1: expected a column 'age', found class, sex")
        .hasLineCount(1);
    assertThat(predict("classifier", others, "--keep", "cabin").err())
        .contains("expected a column 'cabin' to be kept, found passenger, name")
        .hasLineCount(1);
    assertThat(predict("classifier", others, "--fit", "crop").err())
        .contains("are of pictures: leave them out with --data");
  }
}
