package dev.lockstep.cli;

import dev.lockstep.data.FileSystems;
import dev.lockstep.models.dl4j.NetworkInputs;
import dev.lockstep.models.file.AtomicFile;
import dev.lockstep.models.onnx.ModelTensor;
import dev.lockstep.models.onnx.OnnxModel;
import dev.lockstep.report.Console;
import dev.lockstep.train.OnnxExport;
import dev.lockstep.train.OnnxExport.Extent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lockstep export}. */
@Command(
    name = "export",
    description = {
      "Write a saved model as an ONNX file, which other programs compute, such as ONNX Runtime.",
      "Its inputs and outputs are as DL4J's arrays are; minibatches may be of any size. Classes,"
          + " columns, normalisation and how the model was trained are its metadata."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep export --model runs/mnist --to mnist.onnx",
      "  lockstep export --model runs/lenet --to lenet.onnx --with-preprocessing",
      "  lockstep export --model resnet.zip --to resnet.onnx --input 3x224x224"
    })
final class ExportCommand implements Callable<Integer> {
  private static final String ENDING = ".onnx";
  private static final Pattern SHAPE =
      Pattern.compile("(?:[1-9]\\d{0,8}|\\?)(?:x(?:[1-9]\\d{0,8}|\\?))*");

  @Spec private CommandSpec spec;

  @Mixin private ModelOption model;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "The file to write, whose name ends with .onnx.")
  private Path to;

  @Option(
      names = "--with-preprocessing",
      description = {
        "Make normalisation part of the graph, which then takes data as they are: pictures as bytes"
            + " [height, width, channels], columns as numbers; and gives what predict does: targets"
            + " in their units, a probability of each class."
      })
  private boolean withPreprocessing;

  @Option(
      names = "--input",
      paramLabel = "SHAPE",
      split = ",",
      description = {
        "The shape of an example, such as 784, 3x32x32 (channels, height, width) or 64x? (channels,"
            + " any number of steps); of a network with several inputs that of each, with commas."
            + " Default: that of the pictures that the model was trained on, or as its layers say."
      })
  private List<String> shapes = List.of();

  @Override
  public Integer call() {
    if (!to.toString().endsWith(ENDING)) {
      throw new UserError(
          "--to %s: expected the name of a file that ends with %s".formatted(to, ENDING));
    }
    OnnxExport export =
        OnnxExport.of(
            model.open(),
            model.path(),
            shapes.stream().map(this::shape).toList(),
            withPreprocessing ? Extent.WITH_PREPROCESSING : Extent.NETWORK);
    try {
      AtomicFile.write(to, export.model().content());
    } catch (IOException e) {
      throw new UserError("%s: cannot be written: %s".formatted(to, FileSystems.message(e)));
    }
    Console console = OutputOptions.console(spec);
    export.notes().forEach(note -> Notes.tell(console, note));
    console.result("exported", fields(export.model()), text(export.model()));
    return ExitCode.OK;
  }

  private List<Integer> shape(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--input: expected sizes with x between them, such as 3x32x32, found '%s'"
              .formatted(text));
    }
    return Arrays.stream(text.split("x"))
        .map(size -> size.equals("?") ? NetworkInputs.ANY_LENGTH : Integer.parseInt(size))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Map<String, Object> fields(OnnxModel exported) {
    return Map.of(
        "file", to.toString(),
        "opset", OnnxModel.OPSET,
        "inputs", texts(exported.inputs()),
        "outputs", texts(exported.outputs()));
  }

  private static List<String> texts(List<ModelTensor> tensors) {
    return tensors.stream().map(ModelTensor::toString).toList();
  }

  private String text(OnnxModel exported) {
    return "exported %s: takes %s, gives %s; opset %d"
        .formatted(
            to,
            String.join(", ", texts(exported.inputs())),
            String.join(", ", texts(exported.outputs())),
            OnnxModel.OPSET);
  }
}
