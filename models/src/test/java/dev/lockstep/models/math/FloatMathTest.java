package dev.lockstep.models.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

/** Against {@link Math} in float64. */
class FloatMathTest {
  /** Units in the last place of the float32 nearest to the true value. */
  private static final double LARGEST_ERROR = 2.5;

  private interface FloatFunction {
    float of(float x);
  }

  @Property
  void exp_is_right_to_the_last_places(@ForAll @FloatRange(min = -87, max = 88) float x) {
    assertThat(error(FloatMath::exp, Math::exp, x)).isLessThan(LARGEST_ERROR);
  }

  @Property
  void tanh_is_right_to_the_last_places_and_odd(@ForAll @FloatRange(min = -20, max = 20) float x) {
    assertThat(error(FloatMath::tanh, Math::tanh, x)).isLessThan(LARGEST_ERROR);
    assertThat(FloatMath.tanh(-x)).isEqualTo(-FloatMath.tanh(x));
  }

  @Property
  void sigmoid_is_right_to_the_last_places(@ForAll @FloatRange(min = -87, max = 87) float x) {
    assertThat(error(FloatMath::sigmoid, y -> 1 / (1 + Math.exp(-y)), x)).isLessThan(LARGEST_ERROR);
  }

  /** Every thousandth float of the range where the results vary. */
  @Test
  void errors_are_bounded_everywhere() {
    double exp = 0;
    double tanh = 0;
    double sigmoid = 0;
    int from = Float.floatToRawIntBits(1e-10f);
    int to = Float.floatToRawIntBits(87);
    for (int bits = from; bits < to; bits += 997) {
      for (int sign = -1; sign <= 1; sign += 2) {
        float x = sign * Float.intBitsToFloat(bits);
        exp = Math.max(exp, error(FloatMath::exp, Math::exp, x));
        tanh = Math.max(tanh, error(FloatMath::tanh, Math::tanh, x));
        sigmoid = Math.max(sigmoid, error(FloatMath::sigmoid, y -> 1 / (1 + Math.exp(-y)), x));
      }
    }
    assertThat(exp).isLessThan(1.5);
    assertThat(tanh).isLessThan(LARGEST_ERROR);
    assertThat(sigmoid).isLessThan(LARGEST_ERROR);
  }

  private static double error(FloatFunction found, DoubleUnaryOperator expected, float x) {
    double exact = expected.applyAsDouble(x);
    return Math.abs(found.of(x) - exact) / Math.ulp((float) exact);
  }

  @Property
  void vectorised_activations_are_right_to_six_places(
      @ForAll @FloatRange(min = -30, max = 30) float x) {
    float[] tanh = {x};
    float[] sigmoid = {x};
    VectorisedActivation.TANH.apply(tanh, 1, 1);
    VectorisedActivation.SIGMOID.apply(sigmoid, 1, 1);

    assertThat(Math.abs(tanh[0] - Math.tanh(x))).isLessThan(5e-7);
    assertThat(Math.abs(sigmoid[0] - 1 / (1 + Math.exp(-x)))).isLessThan(5e-7);
    assertThat(Math.abs(tanh[0])).isLessThanOrEqualTo(1);
  }

  @Test
  void a_value_that_is_no_number_stays_one_when_vectorised() {
    float[] values = {Float.NaN};
    VectorisedActivation.SIGMOID.apply(values, 1, 1);
    assertThat(values[0]).isNaN();
  }

  @Test
  void special_values_stay_special() {
    assertThat(FloatMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(FloatMath.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(FloatMath.tanh(0f)).isZero();
    assertThat(FloatMath.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(FloatMath.sigmoid(Float.NEGATIVE_INFINITY)).isLessThan(1e-37f);
    assertThat(FloatMath.exp(0f)).isEqualTo(1);
    assertThat(FloatMath.exp(Float.NaN)).isNaN();
    assertThat(FloatMath.tanh(Float.NaN)).isNaN();
    assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
  }
}
