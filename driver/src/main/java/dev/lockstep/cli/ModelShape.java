package dev.lockstep.cli;

import dev.lockstep.data.Schema;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.nio.file.Path;

/** Whether a model fits the data it is to be used on. */
final class ModelShape {
  private ModelShape() {}

  /**
   * Checks that the model takes such examples.
   *
   * @throws UserError naming the file, and the layer that does not fit
   */
  static void expect(NetworkDefinition network, Schema schema, Path path) {
    try {
      LocalTrainers.factory(network, LocalStep.AUTO, schema.labelLength(), schema.shape());
    } catch (ModelError e) {
      throw new UserError(ExitCode.WRONG_SHAPE, "%s: %s".formatted(path, e.getMessage()));
    }
  }
}
