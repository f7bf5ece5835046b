package dev.lockstep.dataset;

import dev.lockstep.data.Example;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import java.util.ArrayList;
import java.util.List;

/** Lays out examples as flat rows. */
record RowPacker(ExampleLayout layout) {

  /**
   * The examples of a DataSet.
   *
   * @param firstId the id of its first example; the others follow
   */
  List<Example> examples(PackedDataSet data, long firstId) {
    List<Example> examples = new ArrayList<>(data.examples());
    for (int i = 0; i < data.examples(); i++) {
      examples.add(
          Example.point(
              firstId + i,
              row(data.features(), layout.features(), layout.featureLength(), i),
              row(data.labels(), layout.labels(), layout.labelLength(), i)));
    }
    return examples;
  }

  private static float[] row(List<PackedArray> arrays, List<Part> parts, int length, int example) {
    float[] row = new float[length];
    int offset = 0;
    for (int i = 0; i < parts.size(); i++) {
      PackedArray array = arrays.get(i);
      Part part = parts.get(i);
      array.copyValues(example, part.values(), row, offset);
      int steps = part.values().varies() ? array.shape().get(part.values().variableAxis()) : 1;
      if (part.mask() != null) {
        array.copyMask(example, part.mask(), row, offset + part.maskOffset(), steps);
      }
      if (part.values().varies()) {
        row[offset + part.stepsOffset()] = steps;
      }
      offset += part.length();
    }
    return row;
  }
}
