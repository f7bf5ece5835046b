package dev.lockstep.cli;

import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Locations;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.doctor.JobPath;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PictureModels;
import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.PictureTally.Unreadable;
import dev.lockstep.predict.Thumbnails;
import dev.lockstep.predict.listing.Labels;
import dev.lockstep.predict.output.OutputFormat;
import dev.lockstep.predict.output.PredictionOutput;
import dev.lockstep.predict.plan.PredictionRun;
import dev.lockstep.predict.plan.PredictionRun.Outcome;
import dev.lockstep.predict.plan.PredictionRun.Request;
import dev.lockstep.report.Console;
import dev.lockstep.report.Figures;
import dev.lockstep.report.PredictionBar;
import dev.lockstep.report.PredictionTable;
import dev.lockstep.report.html.PredictionReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep predict}. */
@Command(
    name = "predict",
    description = {
      "Predict pictures with a trained classifier, or the rows of a table with any model: files,"
          + " folders, globs, on any file system that Spark reads.",
      "What cannot be read is listed with the reason, and the rest is predicted."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep predict --model runs/mnist --images three.png seven.jpg",
      "  lockstep predict --model runs/mnist --images scans/ --out runs/scans --format csv",
      "  lockstep predict --model runs/custom --data people.csv --keep id,name --out runs/people",
      "  lockstep predict --model runs/custom --data people.csv --labels survived --report people.html"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @ArgGroup(multiplicity = "1")
  private InputOptions input;

  @Mixin private TableOptions table;

  /** One or the other. */
  static final class InputOptions {
    @Option(
        names = "--images",
        paramLabel = "PATH",
        required = true,
        arity = "1..*",
        description = "Picture files, folders with all below them, or globs.")
    private List<String> images;

    @Option(
        names = "--data",
        paramLabel = "PATH",
        required = true,
        description =
            "A table in CSV or Parquet: a file, a folder or a glob. Its columns are those of the"
                + " same names that the model has learnt; others are passed over.")
    private String data;
  }

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
      paramLabel = "crop|stretch|pad|mnist|none",
      description =
          "How a picture of another size comes to the network's: filling it, the middle of what is"
              + " longer; stretched; padded; as MNIST was made (20 of 28 pixels, centre of mass in"
              + " the middle); or not at all. Default: as the model was saved with, else mnist.")
  private ImageFit fit;

  @Option(
      names = "--invert",
      paramLabel = "auto|yes|no",
      description =
          "Whether black and white change places: the network was trained on white on black. auto"
              + " looks at the border. Default: as the model was saved with, else auto.")
  private Inversion inversion;

  @ArgGroup private LabelOptions labels;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write a page in HTML that shows the least certain pictures or rows first, the wrong ones"
              + " marked; of a regression the largest errors.")
  private Path report;

  @Option(names = "--strict", description = "Fail if any picture cannot be read.")
  private boolean strict;

  /** One or the other. */
  static final class LabelOptions {
    @Option(
        names = "--labels-from-folders",
        description =
            "Compare with the names of the folders that pictures are in, which are numbers or names"
                + " of classes.")
    private boolean folders;

    @Option(
        names = "--labels",
        paramLabel = "CSV|COLUMN",
        description =
            "Of pictures, compare with a file whose header is path,label. Paths are absolute or"
                + " relative to the file; a name alone stands for each picture of that name. Of"
                + " tables, compare with the column, or with columns with commas between.")
    private String csv;

    Labels of(PictureModel model, List<String> images) {
      return folders
          ? Labels.ofFolders(images, model.classes())
          : Labels.ofCsv(csv, model.classes());
    }
  }

  @Override
  public Integer call() {
    if (top < 1) {
      throw new ParameterException(spec.commandLine(), "--top must be at least 1, not " + top);
    }
    Console console = OutputOptions.console(spec);
    if (input.data != null) {
      return rows(console);
    }
    table.expectNone(spec.commandLine());
    model.expectThere(ExitCode.NO_MODEL);
    try (Ahead<PictureModel> opened =
            Ahead.of(
                () ->
                    PictureModels.of(model.open(ExitCode.NO_MODEL), model.path(), fit, inversion));
        JavaSparkContext spark = Sessions.open("predict")) {
      PictureModel classifier = opened.get();
      Request request = request(classifier, spark.hadoopConfiguration());
      if (report != null) {
        Preflight.expectLasting(spark, "--report", report.toString());
      }
      Preflight.expect(spark, places(request, spark.hadoopConfiguration()), ExitCode.UNWRITABLE);
      request
          .labels()
          .note(spark.hadoopConfiguration())
          .ifPresent(note -> Notes.tell(console, note));
      Outcome outcome =
          PredictionRun.execute(spark, request, new PredictionBar(console, "pictures"));
      new PredictionTable(outcome, classifier.classes()).tell(console);
      if (report != null) {
        write(spark, classifier, outcome.tally());
        console.result("reported", Map.of("file", report.toString()), "report in " + report);
      }
      console.result("predicted", fields(outcome), summary(outcome));
      expectReadable(outcome.tally());
      return ExitCode.OK;
    }
  }

  private int rows(Console console) {
    boolean ofPictures = fit != null || inversion != null;
    if (ofPictures || labels != null && labels.folders) {
      throw new ParameterException(
          spec.commandLine(),
          "--fit, --invert and --labels-from-folders are of pictures: leave them out with --data");
    }
    return new RowsCommand(
            console, model, input.data, table, Optional.ofNullable(labels).map(l -> l.csv))
        .run(top, Optional.ofNullable(out), format, Optional.ofNullable(report), strict);
  }

  private Request request(PictureModel classifier, Configuration hadoop) {
    return new Request(
        input.images,
        classifier,
        Math.min(top, classifier.classes().size()),
        labels == null ? Labels.none() : labels.of(classifier, input.images),
        Optional.ofNullable(out)
            .map(name -> new PredictionOutput(Locations.of(name, hadoop).toString(), format)));
  }

  private List<JobPath> places(Request request, Configuration hadoop) {
    List<JobPath> places = new ArrayList<>(Preflight.reads("--images", request.places(hadoop)));
    if (labels != null && labels.csv != null) {
      places.add(JobPath.read("--labels", labels.csv));
    }
    if (out != null) {
      places.add(JobPath.written("--out", out));
    }
    if (report != null) {
      places.add(
          JobPath.writtenByDriver("--report", report.toAbsolutePath().getParent().toString()));
    }
    return places;
  }

  private void write(JavaSparkContext spark, PictureModel classifier, PictureTally tally) {
    Thumbnails thumbnails = new Thumbnails(classifier.preprocessing());
    try {
      new PredictionReport(classifier, input.images, tally, thumbnails.of(spark, tally.uncertain()))
          .save(report);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.UNWRITABLE,
          "%s: cannot be written: %s".formatted(report, FileSystems.message(e)));
    }
  }

  private Map<String, Object> fields(Outcome outcome) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("predicted", outcome.tally().predicted());
    fields.put("blank", outcome.tally().blank());
    fields.put("quarantined", outcome.tally().quarantined());
    fields.put("before", outcome.before());
    fields.put("passedOver", outcome.passedOver());
    if (out != null) {
      fields.put("out", out);
    }
    return fields;
  }

  private String summary(Outcome outcome) {
    PictureTally tally = outcome.tally();
    StringBuilder line =
        new StringBuilder(
            "%s predicted%s, %s not readable"
                .formatted(
                    Figures.count(tally.predicted()),
                    tally.blank() == 0 ? "" : ", %s blank".formatted(Figures.count(tally.blank())),
                    Figures.count(tally.quarantined())));
    if (outcome.before() > 0) {
      line.append(", %s of them before".formatted(Figures.count(outcome.before())));
    }
    if (outcome.passedOver() > 0) {
      line.append(", other files passed over: %s".formatted(Figures.count(outcome.passedOver())));
    }
    return line.append(out == null ? "" : ", saved in " + out).toString();
  }

  private void expectReadable(PictureTally tally) {
    if (tally.predicted() + tally.blank() > 0 && !(strict && tally.quarantined() > 0)) {
      return;
    }
    Unreadable first = tally.unreadable().get(0);
    throw new UserError(
        ExitCode.UNREADABLE,
        "%s: %s; %s of %s pictures cannot be read%s"
            .formatted(
                PredictionTable.shown(first.path()),
                first.reason(),
                Figures.count(tally.quarantined()),
                Figures.count(tally.examples()),
                out == null ? "" : ": all reasons are in %s/quarantine".formatted(out)));
  }
}
