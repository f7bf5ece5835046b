package dev.lockstep.dataset;

import dev.lockstep.data.DataError;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A DataSet or MultiDataSet on the heap.
 *
 * @param examples how many it has
 * @param features one an input
 * @param labels one an output
 */
public record PackedDataSet(int examples, List<PackedArray> features, List<PackedArray> labels)
    implements Serializable {

  public static PackedDataSet of(DataSet data) {
    return of(
        arrays(data.getFeatures()),
        arrays(data.getLabels()),
        arrays(data.getFeaturesMaskArray()),
        arrays(data.getLabelsMaskArray()));
  }

  public static PackedDataSet of(MultiDataSet data) {
    return of(
        data.getFeatures(),
        data.getLabels(),
        data.getFeaturesMaskArrays(),
        data.getLabelsMaskArrays());
  }

  private static INDArray[] arrays(INDArray array) {
    return array == null ? null : new INDArray[] {array};
  }

  private static PackedDataSet of(
      INDArray[] features, INDArray[] labels, INDArray[] featureMasks, INDArray[] labelMasks) {
    if (features == null || features.length == 0 || labels == null || labels.length == 0) {
      throw new DataError("a DataSet without features or without labels cannot be trained");
    }
    int examples = Math.toIntExact(features[0].size(0));
    return new PackedDataSet(
        examples, pack(features, featureMasks, examples), pack(labels, labelMasks, examples));
  }

  private static List<PackedArray> pack(INDArray[] arrays, INDArray[] masks, int examples) {
    return IntStream.range(0, arrays.length)
        .mapToObj(i -> PackedArray.of(arrays[i], masks == null ? null : masks[i], examples))
        .toList();
  }
}
