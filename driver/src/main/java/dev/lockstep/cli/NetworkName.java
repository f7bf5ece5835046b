package dev.lockstep.cli;

import dev.lockstep.data.Schema;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.file.NetworkFile;
import dev.lockstep.models.network.DenseNetwork;
import dev.lockstep.models.network.ExampleNetwork;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.run.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.activations.Activation;

/** What users write for a network: a name that Lockstep knows, or a path. */
final class NetworkName {
  private static final String DENSE = "dense";
  private static final String SIZES = "[1-9]\\d{0,5}(,[1-9]\\d{0,5})*";

  private NetworkName() {}

  /** For completion in the shell. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ExampleNetwork.names().iterator();
    }
  }

  /**
   * A stack that is made for data, if that is meant: {@code dense}, or {@code dense:64,32} with the
   * sizes of hidden layers.
   *
   * @throws UserError if sizes are none
   */
  static Optional<DenseNetwork> dense(String name) {
    if (!name.equals(DENSE) && !name.startsWith(DENSE + ":")) {
      return Optional.empty();
    }
    String sizes = name.substring(Math.min(name.length(), DENSE.length() + 1));
    if (!name.equals(DENSE) && !sizes.matches(SIZES)) {
      throw new UserError(
          "--network %s: expected dense:N,N… with the sizes of hidden layers, such as dense:64,32"
              .formatted(name));
    }
    return Optional.of(
        new DenseNetwork(
            sizes.isEmpty()
                ? List.of()
                : Arrays.stream(sizes.split(",")).map(Integer::valueOf).toList(),
            Activation.RELU));
  }

  /** A stack for data, trained by Adam unless another optimizer is chosen. */
  static NetworkFile made(
      String name, DenseNetwork dense, Schema schema, DenseNetwork.Task task, long seed) {
    NetworkDefinition definition =
        dense.of(
            schema.featureLength(),
            schema.labelLength(),
            task,
            Optimizer.ADAM.updater(Optimizer.ADAM.usualLearningRate()),
            seed);
    return new NetworkFile(Path.of(name), definition, Optional.empty());
  }

  /**
   * Reads the network.
   *
   * @throws UserError if there is no such network
   * @throws dev.lockstep.models.ModelError if the file is no network
   */
  static NetworkFile read(String nameOrPath) {
    Path path = Path.of(nameOrPath);
    Optional<ExampleNetwork> known = ExampleNetwork.named(nameOrPath);
    if (known.isPresent()) {
      return new NetworkFile(path, known.get().definition(), Optional.empty());
    }
    if (!Files.exists(path)) {
      if (dense(nameOrPath).isPresent()) {
        throw new UserError(
            "--network %s: is made for the data that it trains, and there are none here: name another, or a model that was trained"
                .formatted(nameOrPath));
      }
      throw new UserError(
          "--network %s: expected a file, or one of dense, %s; there is no such file"
              .formatted(nameOrPath, String.join(", ", ExampleNetwork.names())));
    }
    return NetworkFile.read(ModelDirectory.file(path));
  }
}
