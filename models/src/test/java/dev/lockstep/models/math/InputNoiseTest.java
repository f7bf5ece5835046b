package dev.lockstep.models.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.junit.jupiter.api.Test;

class InputNoiseTest {
  private static final int LENGTH = 100_000;

  private final float[] factors = new float[LENGTH];
  private final float[] shifts = new float[LENGTH];

  private InputNoise draw(IDropout dropout) throws UnsupportedNetwork {
    InputNoise noise = InputNoise.of(dropout).orElseThrow();
    noise.draw(factors, shifts, 7, 0, 0);
    return noise;
  }

  private static double mean(IntToDoubleFunction values) {
    return IntStream.range(0, LENGTH).mapToDouble(values).average().orElseThrow();
  }

  @Test
  void factors_are_normal_about_1() throws UnsupportedNetwork {
    assertThat(draw(new GaussianDropout(0.2)).shifts()).isFalse();

    assertThat(mean(i -> factors[i])).isCloseTo(1, within(0.01));
    assertThat(mean(i -> Math.pow(factors[i] - 1, 2))).isCloseTo(0.25, within(0.01));
    assertThat(mean(i -> Math.pow((factors[i] - 1) / 0.5, 4))).isCloseTo(3, within(0.15));
  }

  @Test
  void shifts_are_normal_about_0() throws UnsupportedNetwork {
    assertThat(draw(new GaussianNoise(0.3)).shifts()).isTrue();

    assertThat(factors).containsOnly(1);
    assertThat(mean(i -> shifts[i])).isCloseTo(0, within(0.01));
    assertThat(mean(i -> shifts[i] * shifts[i])).isCloseTo(0.09, within(0.005));
  }

  @Test
  void alpha_dropout_keeps_mean_0_and_variance_1() throws UnsupportedNetwork {
    draw(new AlphaDropout(0.8));
    Random random = new Random(1);
    float[] inputs = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      inputs[i] = (float) random.nextGaussian();
    }

    assertThat(mean(i -> inputs[i] * factors[i] + shifts[i])).isCloseTo(0, within(0.02));
    assertThat(mean(i -> Math.pow(inputs[i] * factors[i] + shifts[i], 2)))
        .isCloseTo(1, within(0.03));
    assertThat(mean(i -> factors[i] == 0 ? 0 : 1)).isCloseTo(0.8, within(0.01));
  }

  @Test
  void channels_are_dropped_as_values_are() throws UnsupportedNetwork {
    assertThat(draw(new SpatialDropout(0.5)).kind()).isEqualTo(InputNoise.Kind.CHANNELS);

    assertThat(factors).containsOnly(0, 2);
  }

  @Test
  void the_same_seed_gives_the_same_noise() throws UnsupportedNetwork {
    draw(new GaussianNoise(1));
    float[] first = shifts.clone();
    draw(new GaussianNoise(1));

    assertThat(shifts).isEqualTo(first);
  }
}
