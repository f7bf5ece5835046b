package dev.lockstep.cli;

import dev.lockstep.models.file.NetworkFile;
import dev.lockstep.models.network.ExampleNetwork;
import dev.lockstep.run.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/** What users write for a network: a name that Lockstep knows, or a path. */
final class NetworkName {
  private NetworkName() {}

  /** For completion in the shell. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ExampleNetwork.names().iterator();
    }
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
      throw new UserError(
          "--network %s: expected a file, or one of %s; there is no such file"
              .formatted(nameOrPath, String.join(", ", ExampleNetwork.names())));
    }
    return NetworkFile.read(ModelDirectory.file(path));
  }
}
