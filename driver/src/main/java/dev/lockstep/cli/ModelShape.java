package dev.lockstep.cli;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Schema;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether a model fits the data it is to be used on. */
final class ModelShape {
  private static final int NAMED = 4;
  private static final Predicate<String> NUMBER =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?").asMatchPredicate();

  private ModelShape() {}

  /**
   * Checks that the model takes such examples.
   *
   * @throws UserError naming the file, and the layer that does not fit
   */
  static void expect(NetworkDefinition network, DataSource data, Path path) {
    Schema schema = data.schema();
    try {
      NetworkShape.trainers(network, LocalStep.AUTO, schema, data.preprocessing());
    } catch (ModelError e) {
      throw new UserError(
          ExitCode.WRONG_SHAPE,
          "%s: %s%s".formatted(path, e.getMessage(), labels(network, schema)));
    }
  }

  /**
   * Checks that the model tells several labels of an example.
   *
   * @throws UserError saying what does
   */
  static void expectSeveralLabels(NetworkDefinition network, Path path) {
    try {
      NetworkShape.of(network).expect(NetworkTask.MULTI_LABEL);
    } catch (ModelError e) {
      throw new UserError(ExitCode.WRONG_SHAPE, "%s: %s".formatted(path, e.getMessage()));
    }
  }

  /** What labels were taken for, and how to say it, if it is they that do not fit. */
  private static String labels(NetworkDefinition network, Schema schema) {
    if (network.inputs().size() > 1) {
      return ": --input-columns says which columns of a table each takes";
    }
    if (NetworkShape.outputs(network) == schema.labelLength()
        || schema.coding() == ClassCoding.EACH_STEP) {
      return "";
    }
    if (schema.classes() == 0) {
      return "; the labels were taken for %d number%s to predict: --task classification if they are classes"
          .formatted(schema.targets(), schema.targets() == 1 ? "" : "s");
    }
    List<String> names = schema.classNames();
    return "; the labels are %d classes (%s%s)%s"
        .formatted(
            names.size(),
            String.join(", ", names.subList(0, Math.min(NAMED, names.size()))),
            names.size() > NAMED ? ", … " + names.get(names.size() - 1) : "",
            names.stream().allMatch(NUMBER) ? ": --task regression if they are numbers" : "");
  }
}
