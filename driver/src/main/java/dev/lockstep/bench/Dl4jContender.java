package dev.lockstep.bench;

import dev.lockstep.bench.Contender.Measured;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J in one process. */
record Dl4jContender(BenchSetup setup) {

  Contender contender() {
    return new Contender("dl4j, one process", this::train);
  }

  private Measured train() {
    List<DataSet> batches =
        setup.training().blocks().collect().stream()
            .flatMap(block -> BenchSetup.dataSets(block, BenchSetup.BATCH).stream())
            .toList();
    MultiLayerNetwork network = setup.task().network();
    long startedAt = System.nanoTime();
    for (int epoch = 0; epoch < setup.epochs(); epoch++) {
      batches.forEach(network::fit);
    }
    return setup.measured(network, setup.epochs(), startedAt);
  }
}
