package dev.lockstep.cli;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.report.Figures;
import dev.lockstep.report.ModelTable;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private ModelOption model;

  @Override
  public Integer call() {
    ModelFile file = model.open();
    ModelState state = file.state();
    int parameters = state.parameters().length;
    String table = ModelTable.of(NetworkOutline.of(file.definition()), state.parameters());
    OutputOptions.console(spec)
        .result(
            "model",
            Map.of("parameters", parameters, "updates", state.updates()),
            "%s%s parameters, %s updates"
                .formatted(table, Figures.count(parameters), Figures.count(state.updates())));
    return ExitCode.OK;
  }
}
