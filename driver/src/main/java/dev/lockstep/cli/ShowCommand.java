package dev.lockstep.cli;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.dl4j.LikelyExamples;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.models.file.NetworkFile;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.report.Figures;
import dev.lockstep.report.ModelTable;
import dev.lockstep.train.ModelInputs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep show}. */
@Command(
    name = "show",
    description =
        "Show a saved model, or a network as training would start it: its layers, their parameters"
            + " with shapes, small ones' values, and what computes a minibatch: where it is DL4J,"
            + " with the layer that is the reason.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep show --model runs/linear",
      "  lockstep show --network resnet20"
    })
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Shown shown;

  /** One of the two. */
  static final class Shown {
    @Option(
        names = "--model",
        paramLabel = "DIR|ZIP",
        description = "A model directory, or a DL4J model zip; on any file system Hadoop knows.")
    private String model;

    @Option(
        names = "--network",
        paramLabel = "NAME|JSON",
        completionCandidates = NetworkName.Candidates.class,
        description = "A network: ${COMPLETION-CANDIDATES}, or DL4J's JSON.")
    private String network;

    NetworkFile read() {
      if (model == null) {
        return NetworkName.read(network);
      }
      ModelFile file = ModelOption.open(model, ExitCode.USER_ERROR);
      return new NetworkFile(Path.of(model), file.definition(), Optional.of(file));
    }
  }

  @Override
  public Integer call() {
    NetworkFile file = shown.read();
    ModelState state =
        file.state().orElseGet(() -> Dl4jLocalTrainer.stateOf(file.definition().newNetwork()));
    int parameters = state.parameters().length;
    String table = ModelTable.of(NetworkOutline.of(file.definition()), state.parameters());
    String step =
        LikelyExamples.trainers(file.definition())
            .map(RunDescription::localStep)
            .orElse("chosen when the data are known");
    OutputOptions.console(spec)
        .result(
            "model",
            Map.of("parameters", parameters, "updates", state.updates(), "localStep", step),
            "%s%s parameters, %s updates; local step: %s%s"
                .formatted(
                    table,
                    Figures.count(parameters),
                    Figures.count(state.updates()),
                    step,
                    standardised(file)));
    return ExitCode.OK;
  }

  private static String standardised(NetworkFile file) {
    return file.model()
        .flatMap(model -> ModelInputs.normalisation(model, file.path()))
        .flatMap(ModelInputs::standardisedTargets)
        .map(line -> "%n%s; DL4J's own reading gives standardised ones".formatted(line))
        .orElse("");
  }
}
