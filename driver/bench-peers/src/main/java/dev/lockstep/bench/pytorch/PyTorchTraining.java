package dev.lockstep.bench.pytorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.lockstep.bench.Peer;
import dev.lockstep.bench.PeerTask;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.Minibatch;
import java.util.ArrayList;
import java.util.List;

/** Trains by PyTorch's automatic differentiation. Minibatches are tensors before it begins. */
final class PyTorchTraining implements Peer.Training {
  private final NDManager manager = NDManager.newBaseManager();
  private final Graph graph;
  private final List<NDArray> features = new ArrayList<>();

  /** The number of each example's class; of sequences of each step's, one example after another. */
  private final List<NDArray> classes = new ArrayList<>();

  private final int batch;
  private float loss;

  PyTorchTraining(PeerTask task) {
    batch = task.batch();
    graph = Graph.of(task, manager);
    Part feature = task.layout().features().get(0);
    Part label = task.layout().labels().get(0);
    for (Minibatch minibatch : task.minibatches()) {
      features.add(timeSecond(tensor(minibatch.features(), feature)));
      NDArray oneHot = timeSecond(tensor(minibatch.labels(), label));
      classes.add(oneHot.argMax(-1).reshape(-1, 1));
    }
  }

  private NDArray tensor(float[] values, Part part) {
    long[] shape = new long[part.values().dimensions().size() + 1];
    shape[0] = batch;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = part.values().dimensions().get(i - 1);
    }
    return manager.create(values, new Shape(shape));
  }

  /** DL4J's [size, features, time] becomes PyTorch's [size, time, features]. */
  private static NDArray timeSecond(NDArray array) {
    return array.getShape().dimension() == 3
        ? Parameters.contiguous(array.transpose(0, 2, 1))
        : array;
  }

  @Override
  public void step(int minibatch) {
    try (NDManager step = manager.newSubManager()) {
      NDArray input = features.get(minibatch).duplicate();
      input.attach(step);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = graph.forward(input);
        long outputs = logits.getShape().get(logits.getShape().dimension() - 1);
        NDArray chosen =
            logits.reshape(-1, outputs).logSoftmax(1).gather(classes.get(minibatch), 1);
        NDArray mean = chosen.sum().mul(-1f / batch);
        collector.backward(mean);
        loss = mean.getFloat();
      }
      graph.update();
    }
  }

  @Override
  public double loss() {
    return loss;
  }

  @Override
  public void close() {
    manager.close();
  }
}
