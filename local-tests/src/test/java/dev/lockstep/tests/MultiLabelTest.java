package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several labels of a row, on the command line. */
class MultiLabelTest {
  private static final List<String> LABELS = List.of("rain", "snow", "wind");

  @TempDir private static Path folder;

  private static Path days;
  private static Path model;
  private static String trained;

  @BeforeAll
  static void train() throws IOException {
    System.setProperty("spark.master", "local[2]");
    days = Files.writeString(folder.resolve("days.csv"), days(120, 1));
    Path other = Files.writeString(folder.resolve("other.csv"), days(60, 2));
    model = folder.resolve("model");
    trained =
        run(
            "train custom --network dense --task multi-label --learning-rate 0.05 --data "
                + days
                + " --labels rain,snow,wind --ignore-columns month"
                + " --validation %s --test %s --workers 2 --batch-size 8 --epochs 3 --no-plots"
                    .formatted(other, other)
                + " --model-dir "
                + model);
  }

  /** Three features, of whose signs each is a label, now and then a wrong one. */
  private static String days(int count, int seed) {
    StringBuilder csv = new StringBuilder("month,a,b,c,d,rain,snow,wind\n");
    for (int i = 0; i < count; i++) {
      double a = (i * 7 + seed) % 11 - 5.1;
      double b = (i * 5 + seed) % 13 - 8.2;
      double c = (i * 3 + seed) % 7 - 1.3;
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%.1f,%.1f,%.1f,%d,%d,%d,%d%n",
              i % 3 == 0 ? "May" : "June",
              a,
              b,
              c,
              i % 5,
              a > 0 ? 1 : 0,
              b > 0 ^ i % 9 == 0 ? 1 : 0,
              c > 0 ? 1 : 0));
    }
    return csv.toString();
  }

  private static String run(String arguments) {
    CommandLine run = CommandLine.run(arguments.split(" "));
    assertThat(run.exitCode()).as(arguments + "\n" + run.err()).isZero();
    return run.out();
  }

  private static String evaluate(Path data, String more) {
    return run(
        "evaluate --model %s --data %s --labels rain,snow,wind --ignore-columns month"
            .formatted(model, data)
            .concat(more));
  }

  /** Told and true of each label of each row, as what was predicted and the table say. */
  private static List<int[][]> predicted(Path out) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> parts = Files.list(out.resolve("predictions"))) {
      for (Path part : parts.filter(p -> p.toString().endsWith(".csv")).sorted().toList()) {
        lines.addAll(Files.readAllLines(part));
      }
    }
    List<String> heads = List.of(lines.get(0).split(","));
    List<String> table = Files.readAllLines(days);
    return lines.stream()
        .filter(line -> !line.equals(lines.get(0)))
        .map(line -> line.split(","))
        .map(
            row -> {
              String[] source =
                  table.get(Integer.parseInt(row[heads.indexOf("line")]) - 1).split(",");
              int[] told = new int[LABELS.size()];
              int[] truths = new int[LABELS.size()];
              for (int i = 0; i < told.length; i++) {
                told[i] = Integer.parseInt(row[heads.indexOf("predicted_" + LABELS.get(i))]);
                truths[i] = Integer.parseInt(source[5 + i]);
                double p = Double.parseDouble(row[heads.indexOf("probability_" + LABELS.get(i))]);
                assertThat(p).isBetween(0.0, 1.0);
                assertThat(told[i]).isEqualTo(p > 0.5 ? 1 : 0);
              }
              return new int[][] {told, truths};
            })
        .toList();
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static double count(List<int[][]> rows, int label, int told, int truth) {
    return rows.stream().filter(r -> r[0][label] == told && r[1][label] == truth).count();
  }

  @Test
  void training_tells_validation_and_test_of_labels_and_so_does_its_report() throws IOException {
    assertThat(trained)
        .containsPattern("validation subset accuracy 0\\.\\d{4}  micro F1 0\\.\\d{4}  loss ")
        .containsPattern(
            "test 3 labels of each of 60 examples: subset accuracy 0\\.\\d{4}  Hamming loss"
                + " 0\\.\\d{4}  micro F1 0\\.\\d{4}  macro F1 0\\.\\d{4}")
        .doesNotContain("mse");
    assertThat(Files.readString(model.resolve("report.html")).replace("\n", ""))
        .contains("test subset accuracy", "Labels of the test", "Validation accuracy")
        .containsPattern("<tr><th>snow</th>(<td>0\\.\\d{4}</td>){3}</tr>");
  }

  @Test
  void figures_are_those_of_what_is_predicted() throws IOException {
    Path out = folder.resolve("out");
    String told =
        run(
            "predict --model %s --data %s --labels rain,snow,wind --out %s --format csv --report %s"
                .formatted(model, days, out, folder.resolve("rows.html")));
    List<int[][]> rows = predicted(out);
    assertThat(rows).hasSize(120);

    JsonNode evaluated =
        evaluate(days, " --json")
            .lines()
            .map(MultiLabelTest::json)
            .filter(event -> event.get("event").asText().equals("evaluated"))
            .findFirst()
            .orElseThrow();

    double hits = 0;
    double wrong = 0;
    double f1s = 0;
    for (int i = 0; i < LABELS.size(); i++) {
      double right = count(rows, i, 1, 1);
      double alarms = count(rows, i, 1, 0);
      double misses = count(rows, i, 0, 1);
      JsonNode label = evaluated.get("labels").get(LABELS.get(i));
      expect(label, "precision", ratio(right, right + alarms));
      expect(label, "recall", ratio(right, right + misses));
      double f1 = ratio(2 * right, 2 * right + alarms + misses);
      expect(label, "f1", f1);
      f1s += f1 / LABELS.size();
      hits += right;
      wrong += alarms + misses;
    }
    assertThat(wrong).as("something to count").isPositive();
    double exact = rows.stream().filter(r -> Arrays.equals(r[0], r[1])).count() / 120.0;
    expect(evaluated, "subsetAccuracy", exact);
    expect(evaluated, "hammingLoss", wrong / 360);
    expect(evaluated, "microF1", 2 * hits / (2 * hits + wrong));
    expect(evaluated, "macroF1", f1s);
    assertThat(told)
        .contains(String.format(Locale.ROOT, "subset accuracy %.4f", exact))
        .containsPattern("days.csv: line 2  -> (none|[a-z, ]+)  \\(0\\.\\d{4}  0\\.\\d{4}  0");
    assertThat(Files.readString(folder.resolve("rows.html")))
        .contains("probability snow", "Hamming loss");
  }

  @Test
  void four_numbers_are_no_picture_whose_class_is_told() throws IOException {
    CommandLine run =
        CommandLine.run("predict --model %s --images %s".formatted(model, folder).split(" "));

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err())
        .isEqualTo(
            "lockstep: %s: expected a classifier, found a network of another kind%n"
                .formatted(model));
  }

  private static JsonNode json(String line) {
    try {
      return JsonMapper.builder().build().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static void expect(JsonNode of, String name, double value) {
    assertThat(of.get(name).asDouble()).as(name).isCloseTo(value, within(1e-12));
  }

  @Test
  void groups_are_told_and_labels_between_0_and_1_are_numbers() throws IOException {
    assertThat(evaluate(days, " --by month"))
        .contains("a label is told where its probability is over 0.5")
        .containsPattern("(?m)^ *label +precision +recall +f1$")
        .containsPattern("(?m)^month +examples +subset accuracy +micro F1 +macro F1 +loss$")
        .containsPattern("(?m)^ *June +80( +0\\.\\d{4}){3} +[\\d.e-]+$");

    Path soft = folder.resolve("soft.csv");
    Files.writeString(soft, Files.readString(days) + "May,1,1,1,1,0.5,1,1\n");
    assertThat(evaluate(soft, ""))
        .contains("labels are told as numbers: not all are 0 or 1")
        .containsPattern("(?m)^ *snow( +[-\\d.e+]+){3}$");
    assertThat(run("predict --model %s --data %s --labels rain,snow,wind".formatted(model, soft)))
        .contains("mse ")
        .doesNotContain("subset accuracy");
  }
}
