package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.models.ModelState;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ParameterAveragingTest {

  @Test
  void workers_count_by_the_examples_they_trained() {
    ModelState average =
        average(
            List.of(
                result(0, 30, new float[] {1, 10}, new float[] {4}),
                result(1, 10, new float[] {5, -10}, new float[] {0})));

    assertThat(average.parameters()).containsExactly(2, 5);
    assertThat(average.updaterState()).containsExactly(3);
  }

  @Test
  void a_worker_without_examples_contributes_nothing() {
    ModelState average =
        average(
            List.of(
                result(0, 0, new float[] {Float.NaN}, new float[0]),
                result(1, 7, new float[] {0.1f}, new float[0])));

    assertThat(average.parameters()).containsExactly(0.1f);
  }

  @Test
  void the_update_count_is_that_of_the_busiest_worker() {
    Contribution idle = replica(0, 1, new ModelState(new float[1], new float[0], 5));
    Contribution busy = replica(1, 1, new ModelState(new float[1], new float[0], 9));

    assertThat(average(List.of(idle, busy)).updates()).isEqualTo(9);
  }

  @Test
  void with_nothing_trained_there_is_no_average() {
    assertThatThrownBy(() -> average(List.of(result(0, 0, new float[1], new float[0]))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nothing to combine: all weights are 0");
  }

  @Property(tries = 200)
  void the_average_of_one_worker_is_that_worker_to_the_bit(@ForAll long seed) {
    List<Contribution> one = random(1, seed);

    assertThat(average(one)).isEqualTo(one.get(0).state());
  }

  private static List<Contribution> random(int workers, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, workers)
        .mapToObj(
            worker ->
                result(
                    worker,
                    1 + random.nextInt(1000),
                    new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()},
                    new float[] {random.nextFloat()}))
        .toList();
  }

  private static Contribution result(
      int worker, long examples, float[] parameters, float[] updaterState) {
    return replica(worker, examples, new ModelState(parameters, updaterState, 1));
  }

  private static Contribution replica(int worker, long examples, ModelState state) {
    return Contribution.replica(
        new WorkerResult(worker, examples, 1, 0, -1, List.of(), WorkerTime.NONE), state);
  }

  private static ModelState average(List<Contribution> replicas) {
    return ParameterAveraging.average(Contribution.combine(replicas));
  }
}
