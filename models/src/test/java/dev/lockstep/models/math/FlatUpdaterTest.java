package dev.lockstep.models.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.TrainedParameter.Order;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdaBeliefUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class FlatUpdaterTest {
  private static UpdateSettings dense(IUpdater updater, GradientReduction reduction, int values)
      throws UnsupportedNetwork {
    DenseLayer layer = new DenseLayer.Builder().nIn(1).nOut(values).updater(updater).build();
    return new UpdateSettings(
        List.of(TrainedParameter.of("0", layer, "W", 0, Order.F, 1, values)), reduction);
  }

  @Test
  void adabelief_is_that_of_nd4j_s_own_operation() throws UnsupportedNetwork {
    FlatUpdater updater =
        new FlatUpdater(dense(new AdaBelief(0.01, 0.9, 0.999, 1e-8), GradientReduction.SUM, 4));
    FloatBuffer parameters = FloatBuffer.wrap(new float[4]);
    INDArray m = Nd4j.zeros(4);
    INDArray s = Nd4j.zeros(4);
    INDArray expected = Nd4j.zeros(4);
    for (int t = 0; t < 50; t++) {
      float[] gradient = {0.1f * t, -1, (t % 3) - 1, 1e-3f};
      INDArray update = Nd4j.createFromArray(gradient);
      Nd4j.exec(new AdaBeliefUpdater(update, s, m, 0.01, 0.9, 0.999, 1e-8, t));
      expected.subi(update);
      updater.update(parameters, FloatBuffer.wrap(gradient), 7);
    }
    assertThat(parameters.array()).containsExactly(expected.data().asFloat(), within(1e-5f));
    assertThat(updater.updaterState())
        .containsExactly(Nd4j.concat(0, m, s).data().asFloat(), within(1e-5f));
  }

  @Test
  void running_statistics_move_by_the_mean_whatever_else_is_summed() throws UnsupportedNetwork {
    BatchNormalization layer = new BatchNormalization.Builder().nIn(1).nOut(1).build();
    layer.setIUpdater(new Sgd(0.5));
    UpdateSettings settings =
        new UpdateSettings(
            List.of(
                TrainedParameter.of("0", layer, "gamma", 0, Order.C, 1, 1),
                TrainedParameter.of("0", layer, "beta", 1, Order.C, 1, 1),
                TrainedParameter.of("0", layer, "mean", 2, Order.C, 1, 1),
                TrainedParameter.of("0", layer, "var", 3, Order.C, 1, 1)),
            GradientReduction.SUM);
    float[] parameters = {1, 0, 3, 1};

    new FlatUpdater(settings)
        .update(FloatBuffer.wrap(parameters), FloatBuffer.wrap(new float[] {4, 8, 12, 4}), 4);

    assertThat(parameters).containsExactly(-1, -4, 0, 0);
  }

  @Test
  void memory_off_the_heap_gives_the_bits_of_memory_in_it() throws UnsupportedNetwork {
    int values = 20_001;
    UpdateSettings settings = dense(new Adam(0.01), GradientReduction.MEAN, values);
    float[] gradient = new float[values];
    for (int i = 0; i < values; i++) {
      gradient[i] = (float) Math.sin(i);
    }
    float[] inHeap = new float[values];
    FloatBuffer outside = ByteBuffer.allocateDirect(values * Float.BYTES).asFloatBuffer();
    FlatUpdater first = new FlatUpdater(settings);
    FlatUpdater second = new FlatUpdater(settings);
    for (int t = 0; t < 3; t++) {
      first.update(FloatBuffer.wrap(inHeap), FloatBuffer.wrap(gradient), 3);
      second.update(outside, FloatBuffer.wrap(gradient), 3);
    }
    float[] found = new float[values];
    outside.get(0, found);

    assertThat(found).containsExactly(inHeap);
    assertThat(second.updaterState()).containsExactly(first.updaterState());
    assertThat(gradient[1]).as("the gradient stays").isEqualTo((float) Math.sin(1));
  }

  @Test
  void another_network_s_state_is_refused() throws UnsupportedNetwork {
    FlatUpdater updater = new FlatUpdater(dense(new Adam(0.01), GradientReduction.MEAN, 3));

    assertThatThrownBy(() -> updater.load(new ModelState(new float[3], new float[3], 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 6 values, found 3");
  }
}
