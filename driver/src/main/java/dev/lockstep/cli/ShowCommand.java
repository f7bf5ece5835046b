package dev.lockstep.cli;

import dev.lockstep.models.ModelFile;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkOutline;
import dev.lockstep.report.Figures;
import dev.lockstep.report.ModelTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep show}. */
@Command(
    name = "show",
    description =
        "Show a saved model: its layers, their parameters with shapes, and small ones' values.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: lockstep show --model runs/linear"})
final class ShowCommand implements Callable<Integer> {
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
    ModelState state = file.state();
    PrintWriter out = spec.commandLine().getOut();
    out.print(ModelTable.of(NetworkOutline.of(file.definition()), state.parameters()));
    out.println(
        "%s parameters, %s updates"
            .formatted(Figures.count(state.parameters().length), Figures.count(state.updates())));
    return ExitCode.OK;
  }
}
