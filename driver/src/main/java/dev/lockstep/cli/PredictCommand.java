package dev.lockstep.cli;

import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.predict.OutputFormat;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PicturePredictions;
import dev.lockstep.predict.PredictionOutput;
import dev.lockstep.report.EvaluationTable;
import dev.lockstep.report.Figures;
import dev.lockstep.train.ConfusionMatrix;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep predict}. */
@Command(
    name = "predict",
    description = {
      "Predict pictures with a trained classifier: files, folders, globs, on any file system that"
          + " Spark reads.",
      "What cannot be read is listed with the reason, and the rest is predicted."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep predict --model runs/mnist --images three.png seven.jpg",
      "  lockstep predict --model runs/mnist --images scans/ --out runs/scans --format csv"
    })
final class PredictCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR|ZIP",
      required = true,
      description = "A model directory, or a DL4J model zip.")
  private Path model;

  @Option(
      names = "--images",
      paramLabel = "PATH",
      required = true,
      arity = "1..*",
      description = "Picture files, folders with all below them, or globs.")
  private List<String> images;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where predictions go, and the list of what could not be read. What is there already is"
              + " not done again. Default: only shown.")
  private String out;

  @Option(
      names = "--format",
      paramLabel = "parquet|json|csv",
      defaultValue = "parquet",
      description = "Of the predictions. Default: ${DEFAULT-VALUE}.")
  private OutputFormat format;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "3",
      description = "How many of the most probable classes to name. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--fit",
      paramLabel = "mnist|stretch|pad|none",
      description =
          "How a picture of another size comes to the network's: as MNIST was made (20 of 28 pixels,"
              + " centre of mass in the middle), stretched, padded, or not at all. Default: as the"
              + " model was saved with, else mnist.")
  private ImageFit fit;

  @Option(
      names = "--invert",
      paramLabel = "auto|yes|no",
      description =
          "Whether black and white change places: the network was trained on white on black. auto"
              + " looks at the border. Default: as the model was saved with, else auto.")
  private Inversion inversion;

  @Option(
      names = "--labels-from-folders",
      description = "Compare with the names of the folders, which are class numbers.")
  private boolean labelled;

  @Option(names = "--strict", description = "Fail if any picture cannot be read.")
  private boolean strict;

  @Override
  public Integer call() {
    if (top < 1) {
      throw new ParameterException(spec.commandLine(), "--top must be at least 1, not " + top);
    }
    PictureModel classifier = PictureModels.open(model, fit, inversion);
    try (JavaSparkContext spark = Sessions.open("predict");
        PicturePredictions predictions =
            PicturePredictions.of(
                spark,
                images,
                classifier,
                Math.min(top, classifier.classes()),
                Optional.ofNullable(out).map(folder -> new PredictionOutput(folder, format)))) {
      return report(predictions, classifier.classes());
    }
  }

  private int report(PicturePredictions predictions, int classes) {
    PrintWriter terminal = spec.commandLine().getOut();
    predictions.first(SHOWN).forEach(row -> terminal.println(line(row)));
    if (predictions.found() > SHOWN) {
      terminal.println("… and " + Figures.count(predictions.found() - SHOWN) + " more");
    }
    if (labelled && predictions.predicted() > 0) {
      ConfusionMatrix confusion = predictions.byFolder(classes);
      terminal.println(EvaluationTable.accuracy(confusion));
      terminal.print(EvaluationTable.matrix(confusion));
    }
    terminal.println(
        "%s predicted, %s not readable%s"
            .formatted(
                Figures.count(predictions.predicted()),
                Figures.count(predictions.quarantined()),
                out == null ? "" : ", saved in " + out));
    boolean failed = strict && predictions.quarantined() > 0;
    boolean nothing = predictions.found() > 0 && predictions.predicted() == 0;
    return failed || nothing ? ExitCode.UNREADABLE : ExitCode.OK;
  }

  private static String line(Row row) {
    String path = row.getString(0).replaceFirst("^file:/+", "/");
    return row.isNullAt(1)
        ? "%s  not readable: %s".formatted(path, row.getString(6))
        : "%s  -> %d  (%s)".formatted(path, row.getInt(1), Figures.proportion(row.getFloat(2)));
  }
}
