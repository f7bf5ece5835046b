package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.ExampleNetwork;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many examples a task has follows from how many slots there are: no result may. */
class PredictionBitsTest {
  private static final int ROWS = 75;

  /** Of each size, from the first rows and to the last. */
  private static final int PARTS = 3;

  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final int[] BATCHES = {1, 7, 64, ROWS};

  @ParameterizedTest
  @CsvSource({"MLP, BLAS", "MLP, ONEDNN", "MLP, DL4J", "LENET, ONEDNN", "LENET, DL4J"})
  void an_example_gives_the_same_bits_in_batches_of_any_size_and_at_any_place(
      ExampleNetwork example, LocalStep step) {
    NetworkDefinition network = example.definition();
    TrainerFactory factory = LocalTrainers.factory(network, step, CLASSES, 1, 28, 28);
    ModelState state = Dl4jLocalTrainer.stateOf(network.newNetwork());
    SharedNetwork shared = factory.newSharedNetwork(state.parameters());
    LocalTrainer trainer = factory.newTrainer();
    trainer.load(state);
    float[] rows = pictures();
    float[] whole = shared.output(rows, ROWS);

    for (int batch : BATCHES) {
      int parts = Math.min(PARTS, (ROWS + batch - 1) / batch);
      for (int i = 0; i < parts; i++) {
        int from = i == PARTS - 1 ? ROWS - batch : i * batch;
        int size = Math.min(batch, ROWS - from);
        float[] part = Arrays.copyOfRange(rows, from * INPUTS, (from + size) * INPUTS);
        float[] expected = Arrays.copyOfRange(whole, from * CLASSES, (from + size) * CLASSES);
        String where = "%d from row %d".formatted(size, from);
        assertThat(shared.output(part, size)).as(where).containsExactly(expected);
        if (size <= trainer.passSize()) {
          Minibatch minibatch = new Minibatch(part, new float[size * CLASSES], size);
          assertThat(trainer.assess(minibatch).output()).as(where).containsExactly(expected);
        }
      }
    }
    float[] backwards = shared.output(reversed(rows, INPUTS), ROWS);
    assertThat(reversed(backwards, CLASSES)).as("in reverse").containsExactly(whole);
    trainer.close();
  }

  private static float[] pictures() {
    Random random = new Random(1);
    float[] rows = new float[ROWS * INPUTS];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    return rows;
  }

  private static float[] reversed(float[] rows, int width) {
    float[] reversed = new float[rows.length];
    for (int from = 0; from < rows.length; from += width) {
      System.arraycopy(rows, from, reversed, rows.length - width - from, width);
    }
    return reversed;
  }
}
