package dev.lockstep.train;

import dev.lockstep.data.Examples;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.Minibatch;

/** Runs a network over a block of examples, some at a time, in their order. */
final class EvaluationPass {
  private EvaluationPass() {}

  /** Told what the network says of an example. */
  interface Sink {
    /**
     * @param index of the example in the block
     * @param row of it in the output
     * @param output float32 [rows, classes], of sequences [rows, steps, classes], or [rows,
     *     targets]
     */
    void accept(int index, int row, float[] output);
  }

  /**
   * Goes over all examples.
   *
   * @return the network's loss, summed over them, each times its weight
   */
  static double run(Examples block, LocalTrainer network, Sink sink) {
    int length = block.schema().featureLength();
    int batch = network.passSize();
    float[] features = new float[batch * length];
    float[] labels = new float[batch * block.schema().labelLength()];
    float[] weights = block.schema().weighted() ? new float[batch] : null;
    double lossSum = 0;
    for (int from = 0; from < block.size(); from += batch) {
      int size = Math.min(batch, block.size() - from);
      for (int row = 0; row < size; row++) {
        block.copy(from + row, row, features, labels);
        if (weights != null) {
          weights[row] = block.weight(from + row);
        }
      }
      Minibatch minibatch = new Minibatch(features, labels, weights, size);
      LocalTrainer.Assessment assessment = network.assess(minibatch);
      lossSum += assessment.loss();
      float[] output = block.schema().probabilities(assessment.output());
      for (int row = 0; row < size; row++) {
        sink.accept(from + row, row, output);
      }
    }
    return lossSum;
  }
}
