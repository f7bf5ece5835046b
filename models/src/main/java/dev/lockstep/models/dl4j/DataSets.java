package dev.lockstep.models.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Between DL4J's two forms of a minibatch. */
public final class DataSets {
  private DataSets() {}

  /** A minibatch of one input and one output, in the form for such; it may lack labels. */
  public static DataSet single(MultiDataSet minibatch) {
    return new DataSet(
        first(minibatch.getFeatures()),
        first(minibatch.getLabels()),
        first(minibatch.getFeaturesMaskArrays()),
        first(minibatch.getLabelsMaskArrays()));
  }

  private static INDArray first(INDArray[] arrays) {
    return arrays == null ? null : arrays[0];
  }
}
