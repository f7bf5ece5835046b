package dev.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.Schema.FeatureType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.api.java.JavaRDD;

class NormalisationProperties {
  private static final int COLUMNS = 3;
  private static final Schema TABLE = Schema.regression(COLUMNS, 1);

  @Property(tries = 30)
  void standardised_columns_have_mean_0_and_deviation_1_however_far_from_0_they_were(
      @ForAll @IntRange(min = 2, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 7) int partitions,
      @ForAll @IntRange(max = 6) int magnitude,
      @ForAll long seed) {
    float[][] table = table(rows, seed, x -> Math.pow(10, magnitude) + x);

    float[][] normalised = normalised(NormalisationMethod.STANDARDISE, table, partitions);

    for (int column = 0; column < COLUMNS; column++) {
      double mean = 0;
      double squares = 0;
      for (float[] row : normalised) {
        mean += row[column] / rows;
        squares += row[column] * (double) row[column] / rows;
      }
      assertThat(mean).isCloseTo(0, within(1e-5));
      assertThat(squares).isCloseTo(1, within(1e-5));
    }
  }

  @Property(tries = 30)
  void scaled_columns_reach_from_0_to_1(
      @ForAll @IntRange(min = 2, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 7) int partitions,
      @ForAll long seed) {
    float[][] normalised =
        normalised(NormalisationMethod.SCALE, table(rows, seed, x -> 100 * x), partitions);

    for (int column = 0; column < COLUMNS; column++) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (float[] row : normalised) {
        min = Math.min(min, row[column]);
        max = Math.max(max, row[column]);
      }
      assertThat(min).isZero();
      assertThat(max).isCloseTo(1, within(1e-6));
    }
  }

  @Property(tries = 50)
  void a_byte_and_the_float_equal_to_it_become_the_same_bits(
      @ForAll NormalisationMethod method, @ForAll long seed) {
    byte[] pixels = new byte[12];
    new Random(seed).nextBytes(pixels);
    float[] levels = new float[pixels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = pixels[i] & 0xff;
    }
    List<Integer> shape = List.of(3, 4);
    Schema bytes = Schema.classification(shape, 2);
    Schema floats = Schema.classification(shape, FeatureType.FLOAT32, bytes.classNames());
    ExampleBlock ofBytes = block(bytes, List.of(dev.lockstep.data.Example.image(0, pixels, 1)));
    Normalisation fitted =
        Normalisation.fit(method, bytes, SparkExtension.context().parallelize(List.of(ofBytes), 1));

    ExampleBlock ofFloats = block(floats, List.of(dev.lockstep.data.Example.point(0, levels, 1)));

    assertThat(first(ofFloats.normalised(fitted))).isEqualTo(first(ofBytes.normalised(fitted)));
  }

  @Example
  void pixels_are_usually_scaled_as_the_tutorial_does() {
    byte[] pixels = new byte[256];
    float[] expected = new float[256];
    for (int level = 0; level < 256; level++) {
      pixels[level] = (byte) level;
      expected[level] = level * (1f / 255f);
    }
    Schema schema = Schema.classification(List.of(16, 16), 2);

    assertThat(first(block(schema, List.of(dev.lockstep.data.Example.image(0, pixels, 1)))))
        .isEqualTo(expected);
  }

  @Example
  void a_column_that_never_changes_becomes_0() {
    float[][] table = {{5, 1, 2}, {5, 2, 1}};

    assertThat(normalised(NormalisationMethod.STANDARDISE, table, 2)).hasDimensions(2, 3);
    assertThat(normalised(NormalisationMethod.STANDARDISE, table, 2)[1][0]).isZero();
    assertThat(normalised(NormalisationMethod.SCALE, table, 2)[1][0]).isZero();
  }

  @Example
  void what_is_no_number_is_refused_with_the_feature() {
    float[][] table = {{1, 1, 2}, {5, Float.NaN, 1}};

    assertThatThrownBy(() -> normalised(NormalisationMethod.STANDARDISE, table, 1))
        .isInstanceOf(DataError.class)
        .hasMessage(
            "feature 1: cannot be normalised: expected finite numbers, found NaN or infinity"
                + " among them");
  }

  @Example
  void other_data_than_it_was_fitted_to_is_refused() {
    Normalisation two =
        new Normalisation(NormalisationMethod.SCALE, List.of(0.0, 0.0), List.of(1.0, 1.0));

    assertThatThrownBy(() -> two.expectFits(TABLE))
        .isInstanceOf(DataError.class)
        .hasMessage("the model's normalisation is for 2 features, the data has 3");
  }

  @Property(tries = 10)
  void targets_are_standardised_and_put_back(
      @ForAll @IntRange(min = 2, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 3) int partitions,
      @ForAll long seed) {
    Schema schema = Schema.regression(1, 2);
    Random random = new Random(seed);
    List<dev.lockstep.data.Example> examples = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      float[] targets = {
        (float) (1e5 * random.nextGaussian() + 3e5), (float) random.nextGaussian()
      };
      examples.add(dev.lockstep.data.Example.point(i, new float[1], targets));
    }
    JavaRDD<Examples> blocks =
        ExampleBlock.pack(SparkExtension.context().parallelize(examples, partitions), schema);
    Normalisation fitted =
        Normalisation.usual(schema).withTargets(TargetMethod.STANDARDISE, blocks);
    Examples block = block(schema, examples).normalised(fitted);

    double[] sums = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < rows; i++) {
      float[] learnt = new float[2];
      block.copy(i, 0, new float[1], learnt);
      for (int target = 0; target < 2; target++) {
        sums[target] += learnt[target];
        squares[target] += learnt[target] * learnt[target];
        assertThat(block.restored(learnt[target], target))
            .isCloseTo(block.target(i, target), within(target == 0 ? 0.1f : 1e-5f));
      }
      float[] outputs = learnt.clone();
      fitted.restoreTargets(outputs);
      assertThat(outputs[1]).isEqualTo(block.restored(learnt[1], 1));
    }
    for (int target = 0; target < 2; target++) {
      assertThat(sums[target] / rows).as("mean").isCloseTo(0, within(1e-4));
      assertThat(squares[target] / rows).as("variance").isCloseTo(1, within(1e-3));
    }
  }

  @Example
  void targets_near_0_and_1_stay_as_they_are_unless_asked() {
    assertThat(targets(TargetMethod.AUTO, -1, 0, 1)).isEmpty();
    assertThat(targets(TargetMethod.STANDARDISE, -1, 1)).containsExactly(new TargetScale(0, 1));
    assertThat(targets(TargetMethod.AUTO, 99, 101)).containsExactly(new TargetScale(100, 1));
    assertThat(targets(TargetMethod.AUTO, 0, 0.5f, 50)).as("wide").hasSize(1);
    assertThat(targets(TargetMethod.AUTO, 0.01f, 0.02f)).as("narrow").hasSize(1);
    assertThat(targets(TargetMethod.AUTO, 7, 7)).as("one value, near").isEmpty();
    assertThat(targets(TargetMethod.AUTO, 70, 70)).containsExactly(new TargetScale(70, 1));
    assertThatThrownBy(() -> targets(TargetMethod.STANDARDISE, 1, Float.NaN))
        .isInstanceOf(DataError.class)
        .hasMessageContaining("expected finite numbers");
  }

  private static List<TargetScale> targets(TargetMethod method, float... values) {
    List<dev.lockstep.data.Example> examples = new ArrayList<>();
    for (float value : values) {
      examples.add(dev.lockstep.data.Example.point(examples.size(), new float[COLUMNS], value));
    }
    JavaRDD<Examples> blocks =
        ExampleBlock.pack(SparkExtension.context().parallelize(examples, 1), TABLE);
    return Normalisation.usual(TABLE).withTargets(method, blocks).targets();
  }

  private static float[][] table(int rows, long seed, DoubleUnaryOperator column) {
    Random random = new Random(seed);
    float[][] table = new float[rows][COLUMNS];
    for (float[] row : table) {
      for (int i = 0; i < COLUMNS; i++) {
        row[i] = (float) column.applyAsDouble(random.nextGaussian() * 100 * (i + 1));
      }
    }
    return table;
  }

  private static float[][] normalised(NormalisationMethod method, float[][] table, int partitions) {
    List<dev.lockstep.data.Example> examples = new ArrayList<>();
    for (float[] row : table) {
      examples.add(dev.lockstep.data.Example.point(examples.size(), row, 0));
    }
    JavaRDD<Examples> blocks =
        ExampleBlock.pack(SparkExtension.context().parallelize(examples, partitions), TABLE);
    ExampleBlock all = block(TABLE, examples).normalised(Normalisation.fit(method, TABLE, blocks));
    float[][] normalised = new float[table.length][COLUMNS];
    for (int i = 0; i < table.length; i++) {
      all.copy(i, 0, normalised[i], new float[1]);
    }
    return normalised;
  }

  private static ExampleBlock block(Schema schema, List<dev.lockstep.data.Example> examples) {
    return ExampleBlock.of(schema, examples.iterator());
  }

  private static float[] first(Examples block) {
    float[] features = new float[block.schema().featureLength()];
    block.copy(0, 0, features, new float[block.schema().labelLength()]);
    return features;
  }
}
