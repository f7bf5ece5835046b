package dev.lockstep.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.DenseNetwork;
import dev.lockstep.models.network.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

/** The Python module is written from the parameters, and compiles. */
class PythonWrapperTest {
  private static final Path PACKAGE = Path.of("python");
  private static final Path MODULE = PACKAGE.resolve("dev/lockstep/ml.py");

  private static LockstepModel model() {
    NetworkDefinition network =
        new DenseNetwork(List.of(), Activation.RELU)
            .of(1, 2, DenseNetwork.Task.CLASSIFICATION, Optimizer.SGD.updater(1), 1);
    return new LockstepModel(
        "model",
        new StoredModel(
            network,
            Dl4jLocalTrainer.stateOf(network.newNetwork()),
            null,
            null,
            List.of(),
            List.of(),
            null,
            List.of(),
            null));
  }

  @Test
  void the_module_is_that_of_the_parameters() throws IOException {
    String module =
        PythonWrapper.module(new LockstepClassifier(), new LockstepRegressor(), model());
    if (Boolean.getBoolean("writePython")) {
      Files.writeString(MODULE, module);
    }

    assertThat(MODULE)
        .as(
            "after a change of parameters: mvn -pl driver -am test -Dtest=PythonWrapperTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -DwritePython=true")
        .hasContent(module);
  }

  @Test
  void python_compiles_it(@TempDir Path folder) throws Exception {
    Path copy = folder.resolve("ml.py");
    Files.copy(MODULE, copy);
    Process python;
    try {
      python =
          new ProcessBuilder("python3", "-m", "compileall", "-q", copy.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeThat(false).as("there is no python3 here").isTrue();
      return;
    }
    String said = new String(python.getInputStream().readAllBytes());

    assertThat(python.waitFor()).as(said).isZero();
  }
}
