package dev.lockstep.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.report.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/**
 * The outcome of a benchmark, as a table, as JSON and as a plot.
 *
 * @param name of the network
 * @param results the first is what the others are measured against
 */
public record BenchReport(String name, List<Benchmark.Result> results) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** One line for each contender. */
  public String table() {
    StringBuilder table =
        new StringBuilder(
            "%-50s %10s %12s %9s %8s%n"
                .formatted(name, "s an epoch", "examples/s", "accuracy", "ratio"));
    for (Benchmark.Result result : results) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-50s %10.3f %,12.0f %9.4f %8.2f%n",
              result.name(),
              result.secondsAnEpoch(),
              result.examplesASecond(),
              result.accuracy(),
              result.ratio()));
    }
    return table.toString();
  }

  /** Writes {@code NAME.json}, {@code NAME.png} and {@code NAME.svg}. */
  public void save(Path folder) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve(name + ".json").toFile(), results);
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(1000)
            .height(600)
            .title(name + ": examples trained a second")
            .yAxisTitle("examples/s")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisLabelRotation(60);
    chart.addSeries(
        name,
        results.stream().map(Benchmark.Result::name).toList(),
        results.stream().map(Benchmark.Result::examplesASecond).toList());
    new Picture(1000, 600, graphics -> chart.paint(graphics, 1000, 600)).save(folder, name);
  }
}
