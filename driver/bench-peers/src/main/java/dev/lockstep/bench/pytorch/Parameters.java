package dev.lockstep.bench.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/** What is trained: tensors, each with its rule of update. */
final class Parameters {
  private record Parameter(String name, NDArray values, TorchUpdate rule) {}

  private final Map<String, INDArray> table;
  private final NDManager manager;
  private final List<Parameter> all = new ArrayList<>();

  /**
   * @param table DL4J's parameters by name
   */
  Parameters(Map<String, INDArray> table, NDManager manager) {
    this.table = table;
    this.manager = manager;
  }

  /**
   * Takes one of DL4J's parameters.
   *
   * @param name in DL4J's table
   * @param form from DL4J's layout to PyTorch's
   */
  NDArray add(BaseLayer layer, String name, UnaryOperator<NDArray> form) {
    INDArray from = table.get(name);
    float[] values = Nd4j.toFlattened('c', from).toFloatVector();
    NDArray formed = form.apply(manager.create(values, new Shape(from.shape())));
    NDArray array = contiguous(formed);
    array.setRequiresGradient(true);
    String own = name.substring(name.lastIndexOf('_') + 1);
    double decay = 0;
    List<Regularization> penalties = layer.getRegularizationByParam(own);
    for (Regularization penalty : penalties == null ? List.<Regularization>of() : penalties) {
      if (!(penalty instanceof L2Regularization l2)) {
        throw new UnsupportedOperationException(penalty.getClass().getSimpleName());
      }
      decay = l2.getL2().valueAt(0, 0);
    }
    all.add(
        new Parameter(name, array, TorchUpdate.of(layer.getUpdaterByParam(own), (float) decay)));
    return array;
  }

  /** A copy whose values lie row by row. */
  static NDArray contiguous(NDArray array) {
    return array.getManager().create(array.toFloatArray(), array.getShape());
  }

  void update() {
    for (Parameter parameter : all) {
      NDArray gradient = parameter.values.getGradient();
      parameter.rule.update(parameter.name, parameter.values, gradient);
      gradient.close();
      JniUtils.zeroGrad((PtNDArray) parameter.values);
    }
  }
}
