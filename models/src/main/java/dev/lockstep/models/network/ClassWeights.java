package dev.lockstep.models.network;

import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/**
 * How much examples of each class count in a classifier's loss and gradient, as DL4J has it:
 * weights of the loss's columns.
 *
 * @param weights by class number, each more than 0
 */
public record ClassWeights(List<Double> weights) {

  /**
   * Checks them.
   *
   * @throws ModelError if one is not a finite number of more than 0
   */
  public ClassWeights {
    weights = List.copyOf(weights);
    for (double weight : weights) {
      if (!(weight > 0 && Double.isFinite(weight))) {
        throw new ModelError("expected class weights of more than 0, found " + weight);
      }
    }
  }

  /**
   * So that each class counts alike, however many examples it has, and examples on average 1: n /
   * (k · n_c), as scikit-learn's {@code balanced} (King and Zeng 2001).
   *
   * @param counts examples of each class
   * @throws ModelError if a class has none
   */
  public static ClassWeights balanced(List<Long> counts, List<String> names) {
    double all = counts.stream().mapToLong(Long::longValue).sum();
    for (int c = 0; c < counts.size(); c++) {
      if (counts.get(c) == 0) {
        throw new ModelError(
            "class weights cannot be balanced: class %s has no examples".formatted(names.get(c)));
      }
    }
    return new ClassWeights(
        counts.stream().map(count -> all / (counts.size() * (double) count)).toList());
  }

  /**
   * The network with these weights in its loss.
   *
   * @throws ModelError if it does not end in softmax outputs with the cross-entropy, one a class
   */
  public NetworkDefinition apply(NetworkDefinition network) {
    if (network.graph()) {
      ComputationGraphConfiguration graph = ComputationGraphConfiguration.fromJson(network.json());
      String output = graph.getNetworkOutputs().get(0);
      if (!(graph.getVertices().get(output) instanceof LayerVertex last)) {
        throw unsuited("a vertex " + output);
      }
      weigh(last.getLayerConf());
      return NetworkDefinition.of(graph);
    }
    MultiLayerConfiguration stack = MultiLayerConfiguration.fromJson(network.json());
    weigh(stack.getConf(stack.getConfs().size() - 1));
    return NetworkDefinition.of(stack);
  }

  private void weigh(NeuralNetConfiguration configuration) {
    if (!(configuration.getLayer() instanceof BaseOutputLayer output)) {
      throw unsuited("a " + configuration.getLayer().getClass().getSimpleName());
    }
    if (output.getNOut() != weights.size()) {
      throw new ModelError(
          "expected class weights for %d outputs, found %d"
              .formatted(output.getNOut(), weights.size()));
    }
    INDArray columns = Nd4j.createFromArray(new float[][] {floats()});
    output.setLossFn(weighted(output.getLossFn(), columns));
  }

  private float[] floats() {
    float[] floats = new float[weights.size()];
    for (int c = 0; c < floats.length; c++) {
      floats[c] = weights.get(c).floatValue();
    }
    return floats;
  }

  private static ILossFunction weighted(ILossFunction loss, INDArray weights) {
    if (loss.getClass() == LossMCXENT.class) {
      return new LossMCXENT(((LossMCXENT) loss).getSoftmaxClipEps(), weights);
    }
    if (loss.getClass() == LossNegativeLogLikelihood.class) {
      return new LossNegativeLogLikelihood(weights);
    }
    throw unsuited(loss.getClass().getSimpleName());
  }

  private static ModelError unsuited(String found) {
    return new ModelError(
        "class weights need a network that ends in one output a class with the cross-entropy (MCXENT"
            + " or NEGATIVELOGLIKELIHOOD), found "
            + found);
  }
}
