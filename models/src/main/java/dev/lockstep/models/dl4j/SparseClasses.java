package dev.lockstep.models.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * Classes as DL4J's sparse cross-entropy takes them: by their numbers, where the examples have them
 * one-hot.
 *
 * @param sparse of each output, whether its loss is that
 * @param channelsLast whether classes come after the steps of a sequence
 */
record SparseClasses(List<Boolean> sparse, boolean channelsLast) {

  static SparseClasses of(Model network, boolean channelsLast) {
    List<Boolean> sparse = new ArrayList<>();
    if (network instanceof ComputationGraph graph) {
      for (String output : graph.getConfiguration().getNetworkOutputs()) {
        sparse.add(
            graph.getConfiguration().getVertices().get(output) instanceof LayerVertex vertex
                && isSparse(vertex.getLayerConf().getLayer()));
      }
    } else {
      MultiLayerNetwork stack = (MultiLayerNetwork) network;
      int last = stack.getnLayers() - 1;
      sparse.add(isSparse(stack.getLayerWiseConfigurations().getConf(last).getLayer()));
    }
    return new SparseClasses(sparse, channelsLast);
  }

  private static boolean isSparse(Layer layer) {
    ILossFunction loss = null;
    if (layer instanceof BaseOutputLayer end) {
      loss = end.getLossFn();
    } else if (layer instanceof LossLayer end) {
      loss = end.getLossFn();
    } else if (layer instanceof RnnLossLayer end) {
      loss = end.getLossFn();
    }
    return loss instanceof LossSparseMCXENT;
  }

  /** The same data, with numbers where they are wanted. */
  MultiDataSet in(MultiDataSet data) {
    for (int i = 0; i < sparse.size(); i++) {
      INDArray labels = data.getLabels(i);
      int classes = channelsLast ? labels.rank() - 1 : 1;
      if (sparse.get(i) && labels.size(classes) > 1) {
        long[] shape = labels.shape().clone();
        shape[classes] = 1;
        data.setLabels(i, Nd4j.argMax(labels, classes).castTo(DataType.FLOAT).reshape('c', shape));
      }
    }
    return data;
  }
}
