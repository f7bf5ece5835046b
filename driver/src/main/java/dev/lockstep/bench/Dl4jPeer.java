package dev.lockstep.bench;

import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.Minibatch;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's own {@code fit}. */
final class Dl4jPeer implements Peer {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String description(PeerTask task) {
    return "dl4j, fit";
  }

  @Override
  public Training start(PeerTask task) {
    List<DataSet> minibatches = task.minibatches().stream().map(m -> dataSet(task, m)).toList();
    Model network = task.definition().newNetwork();
    network.setParams(Nd4j.createFromArray(task.start().parameters()).reshape(1, -1));
    Consumer<DataSet> fit =
        network instanceof MultiLayerNetwork layers
            ? layers::fit
            : ((ComputationGraph) network)::fit;
    return new Training() {
      @Override
      public void step(int minibatch) {
        fit.accept(minibatches.get(minibatch));
      }

      @Override
      public double loss() {
        return network.score() - penalty(network);
      }

      @Override
      public void close() {}
    };
  }

  /** After the update: close enough. */
  private static double penalty(Model network) {
    return network instanceof MultiLayerNetwork layers
        ? layers.calcRegularizationScore(true)
        : ((ComputationGraph) network).calcRegularizationScore(true);
  }

  private static DataSet dataSet(PeerTask task, Minibatch minibatch) {
    return new DataSet(
        array(minibatch.features(), minibatch.size(), task.layout().features().get(0)),
        array(minibatch.labels(), minibatch.size(), task.layout().labels().get(0)));
  }

  private static INDArray array(float[] values, int size, Part part) {
    LongStream dimensions = part.values().dimensions().stream().mapToLong(Integer::longValue);
    return Nd4j.create(values, LongStream.concat(LongStream.of(size), dimensions).toArray(), 'c');
  }
}
