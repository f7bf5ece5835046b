package dev.lockstep.cli;

import dev.lockstep.bench.PredictionBench;
import dev.lockstep.data.FileSystems;
import dev.lockstep.predict.PictureModels;
import dev.lockstep.report.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep bench predict}. */
@Command(
    name = "predict",
    description = {
      "Time prediction of picture files against a single-threaded loop over them that reads each with"
          + " ImageIO and calls network.output, and against one that also loads the model for each.",
      "All in turn; the medians are shown, in pictures a second."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: lockstep bench predict --model runs/mnist --images digits/"})
final class BenchPredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      required = true,
      description = "A local folder of pictures, all of which can be read.")
  private Path images;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each is timed. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Override
  public Integer call() {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds must be at least 1");
    }
    Console console = OutputOptions.console(spec);
    try (JavaSparkContext spark = Sessions.open("bench predict")) {
      Map<String, Double> rates =
          new PredictionBench(
                  spark,
                  model.open(),
                  PictureModels.of(model.open(), model.path(), null, null),
                  images)
              .run(rounds, line -> console.progress("trial", Map.of("text", line), line));
      double first = rates.values().iterator().next();
      rates.forEach(
          (name, rate) ->
              console.result(
                  "rate",
                  Map.of("name", name, "picturesPerSecond", rate, "ratio", first / rate),
                  String.format(
                      Locale.ROOT, "%-32s %,10.0f pictures/s %8.1f", name, rate, first / rate)));
    } catch (IOException e) {
      throw new UserError("%s: cannot be read: %s".formatted(images, FileSystems.message(e)));
    }
    return ExitCode.OK;
  }
}
