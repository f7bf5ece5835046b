package dev.lockstep.dataset;

import dev.lockstep.data.DataError;
import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import java.util.ArrayList;
import java.util.List;

/** Finds the layout that all examples fit: their arrays may differ along one axis, that of time. */
final class LayoutSurvey {
  private LayoutSurvey() {}

  /** The layout of one DataSet's examples. */
  static ExampleLayout of(PackedDataSet data) {
    return new ExampleLayout(parts(data.features()), parts(data.labels()));
  }

  private static List<Part> parts(List<PackedArray> arrays) {
    return arrays.stream()
        .map(
            array ->
                new Part(
                    ArrayShape.fixed(array.shape()),
                    array.maskShape() == null ? null : ArrayShape.fixed(array.maskShape())))
        .toList();
  }

  /**
   * The layout that the examples of both fit.
   *
   * @throws DataError if there is none
   */
  static ExampleLayout merge(ExampleLayout a, ExampleLayout b) {
    return new ExampleLayout(
        merge("features", a.features(), b.features()), merge("labels", a.labels(), b.labels()));
  }

  private static List<Part> merge(String what, List<Part> a, List<Part> b) {
    if (a.size() != b.size()) {
      throw new DataError(
          "some DataSets have %d arrays of %s, others %d".formatted(a.size(), what, b.size()));
    }
    List<Part> merged = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      ArrayShape values = merge(what, a.get(i).values(), b.get(i).values());
      ArrayShape mask = a.get(i).mask();
      if (mask == null) {
        mask = b.get(i).mask();
      } else if (b.get(i).mask() != null) {
        mask = merge("masks of " + what, mask, b.get(i).mask());
      }
      merged.add(new Part(values, mask));
    }
    return merged;
  }

  private static ArrayShape merge(String what, ArrayShape a, ArrayShape b) {
    int rank = a.dimensions().size();
    int axis = a.varies() ? a.variableAxis() : b.variableAxis();
    if (rank != b.dimensions().size() || b.varies() && b.variableAxis() != axis) {
      throw differ(what, a, b);
    }
    List<Integer> longest = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int of = a.dimensions().get(i);
      int against = b.dimensions().get(i);
      if (of != against && axis != i) {
        if (axis != ArrayShape.FIXED) {
          throw differ(what, a, b);
        }
        axis = i;
      }
      longest.add(Math.max(of, against));
    }
    return new ArrayShape(longest, axis);
  }

  private static DataError differ(String what, ArrayShape a, ArrayShape b) {
    return new DataError(
        "examples differ in more than their length: some have %s of shape %s, others %s"
            .formatted(what, a.dimensions(), b.dimensions()));
  }

  /** With masks that are as long as what they mask. */
  static ExampleLayout finish(ExampleLayout layout) {
    return new ExampleLayout(
        layout.features().stream().map(part -> finish("features", part)).toList(),
        layout.labels().stream().map(part -> finish("labels", part)).toList());
  }

  private static Part finish(String what, Part part) {
    ArrayShape values = part.values();
    ArrayShape mask = part.mask();
    if (mask == null || !values.varies() && !mask.varies()) {
      return part;
    }
    int rank = mask.dimensions().size();
    int axis = rank == 1 ? 0 : values.variableAxis();
    if (!values.varies()
        || rank > 1 && rank != values.dimensions().size()
        || mask.varies() && (mask.variableAxis() != axis || mask.steps() > values.steps())) {
      throw new DataError(
          "masks of shape %s do not fit %s of shape %s"
              .formatted(mask.dimensions(), what, values.dimensions()));
    }
    return new Part(values, new ArrayShape(mask.dimensions(), axis).withSteps(values.steps()));
  }
}
