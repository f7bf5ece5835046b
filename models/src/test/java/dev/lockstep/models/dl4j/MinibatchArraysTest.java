package dev.lockstep.models.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.Minibatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Rows become the arrays that DL4J's own merging of the same examples gives. */
class MinibatchArraysTest {
  private static final int LONGEST = 7;
  private static final int INPUTS = 3;
  private static final int CLASSES = 2;

  @Property(tries = 100)
  void series_of_different_lengths_are_merged_as_dl4j_does(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = LONGEST) Integer> lengths,
      @ForAll long seed) {
    Random random = new Random(seed);
    ExampleLayout layout =
        new ExampleLayout(List.of(series(INPUTS, null)), List.of(series(CLASSES, null)));
    List<DataSet> examples = new ArrayList<>();
    float[] features = new float[lengths.size() * layout.featureLength()];
    float[] labels = new float[lengths.size() * layout.labelLength()];
    for (int row = 0; row < lengths.size(); row++) {
      int steps = lengths.get(row);
      float[] input = floats(random, INPUTS * steps);
      float[] output = floats(random, CLASSES * steps);
      examples.add(
          new DataSet(
              Nd4j.create(input, new long[] {1, INPUTS, steps}, 'c'),
              Nd4j.create(output, new long[] {1, CLASSES, steps}, 'c')));
      pack(layout.features().get(0), input, steps, features, row);
      pack(layout.labels().get(0), output, steps, labels, row);
    }
    DataSet expected = DataSet.merge(examples);

    MultiDataSet found =
        new MinibatchArrays(layout).of(new Minibatch(features, labels, lengths.size()));

    assertThat(found.getFeatures(0)).isEqualTo(expected.getFeatures());
    assertThat(found.getLabels(0)).isEqualTo(expected.getLabels());
    assertThat(first(found.getFeaturesMaskArrays())).isEqualTo(expected.getFeaturesMaskArray());
    assertThat(first(found.getLabelsMaskArrays())).isEqualTo(expected.getLabelsMaskArray());
  }

  @Test
  void masks_that_the_data_have_are_kept_and_cut_to_the_longest() {
    ArrayShape mask = new ArrayShape(List.of(4), 0);
    ExampleLayout layout =
        new ExampleLayout(
            List.of(new Part(new ArrayShape(List.of(2, 4), 1), mask)),
            List.of(new Part(ArrayShape.fixed(List.of(1)), null)));
    // Two channels of four steps, the mask, how many steps there are.
    float[] features = {
      1, 2, 0, 0, 3, 4, 0, 0, 1, 0, 0, 0, 2,
      5, 6, 7, 0, 8, 9, 10, 0, 1, 1, 1, 0, 3
    };
    MultiDataSet found =
        new MinibatchArrays(layout).of(new Minibatch(features, new float[] {0.5f, 0.25f}, 2));

    assertThat(found.getFeatures(0).shape()).containsExactly(2, 2, 3);
    assertThat(Floats.rowMajor(found.getFeatures(0)))
        .containsExactly(1, 2, 0, 3, 4, 0, 5, 6, 7, 8, 9, 10);
    assertThat(Floats.rowMajor(found.getFeaturesMaskArray(0))).containsExactly(1, 0, 0, 1, 1, 1);
    assertThat(found.getLabelsMaskArrays()).isNull();
    assertThat(Floats.rowMajor(found.getLabels(0))).containsExactly(0.5f, 0.25f);
  }

  @Test
  void several_arrays_lie_one_after_the_other() {
    ExampleLayout layout =
        new ExampleLayout(
            List.of(
                new Part(ArrayShape.fixed(List.of(2)), null),
                new Part(ArrayShape.fixed(List.of(1, 2)), null)),
            List.of(new Part(ArrayShape.fixed(List.of(1)), null)));

    MultiDataSet found =
        new MinibatchArrays(layout)
            .of(new Minibatch(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new float[] {9, 10}, 2));

    assertThat(Floats.rowMajor(found.getFeatures(0))).containsExactly(1, 2, 5, 6);
    assertThat(found.getFeatures(1).shape()).containsExactly(2, 1, 2);
    assertThat(Floats.rowMajor(found.getFeatures(1))).containsExactly(3, 4, 7, 8);
  }

  private static Part series(int channels, ArrayShape mask) {
    return new Part(new ArrayShape(List.of(channels, LONGEST), 1), mask);
  }

  private static void pack(Part part, float[] values, int steps, float[] rows, int row) {
    int offset = row * part.length();
    part.values().withSteps(steps).copy(steps, values, 0, rows, offset, LONGEST);
    rows[offset + part.stepsOffset()] = steps;
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static INDArray first(INDArray[] arrays) {
    return arrays == null ? null : arrays[0];
  }
}
