package dev.lockstep.cli;

import dev.lockstep.models.ModelFile;
import dev.lockstep.report.Figures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep show}. */
@Command(
    name = "show",
    description = "Show a saved model: its parameters with their shapes, and small ones' values.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: lockstep show --model runs/linear"})
final class ShowCommand implements Callable<Integer> {
  private static final int FEW = 12;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR|ZIP",
      required = true,
      description = "A model directory, or a DL4J model zip.")
  private Path path;

  @Override
  public Integer call() {
    ModelFile file = ModelDirectory.open(path);
    Model network = file.network();
    PrintWriter out = spec.commandLine().getOut();
    if (network instanceof NeuralNetwork) {
      out.println("layer  parameter  shape        values");
      for (Map.Entry<String, INDArray> entry : network.paramTable().entrySet()) {
        out.println(line(entry.getKey(), entry.getValue()));
      }
    }
    out.println(
        "%s parameters, %s updates"
            .formatted(Figures.count(network.numParams()), Figures.count(file.state().updates())));
    return ExitCode.OK;
  }

  private static String line(String name, INDArray values) {
    int split = name.lastIndexOf('_');
    return "%-5s  %-9s  %-11s  %s"
        .formatted(
            name.substring(0, split),
            name.substring(split + 1),
            Arrays.toString(values.shape()),
            values.length() <= FEW ? all(values) : range(values));
  }

  private static String all(INDArray values) {
    StringBuilder text = new StringBuilder();
    for (float value : values.dup('c').data().asFloat()) {
      text.append(text.isEmpty() ? "" : " ").append(Figures.quantity(value));
    }
    return text.toString();
  }

  private static String range(INDArray values) {
    return "%s to %s"
        .formatted(
            Figures.quantity(values.minNumber().doubleValue()),
            Figures.quantity(values.maxNumber().doubleValue()));
  }
}
