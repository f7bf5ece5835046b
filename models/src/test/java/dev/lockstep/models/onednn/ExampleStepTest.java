package dev.lockstep.models.onednn;

import static dev.lockstep.models.onednn.OneDnnNetworks.part;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.network.ExampleNetwork;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the networks that have a name are computed. */
class ExampleStepTest {
  private static final int SIZE = 4;
  private static final int STEPS = 8;

  /**
   * Updaters' rules and iterators of short lists, of up to 65 parameters, most of which the JVM's
   * full compiler leaves away; a minibatch of pictures alone would be 49,152.
   */
  private static final long GARBAGE_A_STEP = 20_000;

  static OneDnnCase of(ExampleNetwork network) {
    ExampleLayout layout =
        switch (network) {
          case SOFTMAX, MLP, WIDE -> ExampleLayout.of(10, 784);
          case LENET -> ExampleLayout.of(10, 1, 28, 28);
          case CIFAR, RESNET20 -> ExampleLayout.of(10, 3, 32, 32);
          case LSTM -> new ExampleLayout(List.of(part(64, STEPS)), List.of(part(64, STEPS)));
        };
    return new OneDnnCase(network.toString(), network.definition(), layout);
  }

  private static final long MOST_OF_A_PASS = 256L << 20;

  @ParameterizedTest
  @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
  void no_part_is_computed_by_a_reference_kernel(ExampleNetwork network) throws UnsupportedNetwork {
    OneDnnCase known = of(network);
    Plan plan = PlanReader.read(known.network(), known.layout());
    for (Use use : Use.values()) {
      try (Scope scope = new Scope();
          NetworkPass pass =
              new NetworkPass(
                  plan, Weights.trained(plan.updates().parameterCount(), scope), null, SIZE, use)) {
        assertThat(pass.implementations())
            .isNotEmpty()
            .allSatisfy(name -> assertThat(name).doesNotContain(": ref"));
      }
    }
  }

  /** A thousand examples of a residual network of 20 layers are 2 GB in one pass. */
  @ParameterizedTest
  @EnumSource(names = {"LENET", "CIFAR", "RESNET20"})
  void a_pass_without_training_of_the_size_that_fits_takes_no_more_than_memory_has(
      ExampleNetwork network) {
    OneDnnCase known = of(network);
    LocalTrainer trainer = known.trainer(LocalStep.ONEDNN);
    trainer.load(known.start());
    int size = trainer.passSize();
    long before = Scope.held();

    trainer.assess(known.minibatch(new Random(1), size));

    assertThat(Scope.held() - before).as("bytes of %d", size).isLessThan(MOST_OF_A_PASS);
    trainer.close();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SOFTMAX", "LENET", "CIFAR", "RESNET20", "LSTM"},
      mode = EnumSource.Mode.INCLUDE)
  void steps_leave_no_garbage(ExampleNetwork network) {
    OneDnnCase known = of(network);
    LocalTrainer trainer = known.trainer(LocalStep.ONEDNN);
    trainer.load(known.start());
    Minibatch minibatch = known.minibatch(new Random(1), SIZE);
    int steps = 20;
    for (int i = 0; i < steps; i++) {
      trainer.step(minibatch);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < steps; i++) {
      trainer.step(minibatch);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    trainer.close();

    assertThat(allocated).as("bytes in %d steps", steps).isLessThan(GARBAGE_A_STEP * steps);
  }
}
