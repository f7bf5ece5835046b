package dev.lockstep.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of all kinds, and examples for them. */
final class Subjects {
  static final int CLASSES = 3;
  private static final int INPUTS = 4;
  private static final int SIDE = 6;

  private Subjects() {}

  static MultiLayerConfiguration dense(IUpdater updater) {
    return builder(updater)
        .list()
        .layer(new DenseLayer.Builder().nIn(INPUTS).nOut(5).activation(Activation.TANH).build())
        .layer(output(5))
        .build();
  }

  static MultiLayerConfiguration convolutional() {
    return builder(new Adam(0.01))
        .list()
        .layer(
            new ConvolutionLayer.Builder(3, 3).nIn(1).nOut(2).activation(Activation.RELU).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(output(0))
        .setInputType(InputType.convolutional(SIDE, SIDE, 1))
        .build();
  }

  static MultiLayerConfiguration recurrent() {
    return builder(new Adam(0.01))
        .list()
        .layer(new LSTM.Builder().nIn(INPUTS).nOut(5).activation(Activation.TANH).build())
        .layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(5)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  /** Two inputs, two outputs. */
  static ComputationGraphConfiguration graph() {
    return builder(new Adam(0.01))
        .graphBuilder()
        .addInputs("a", "b")
        .addLayer("left", new DenseLayer.Builder().nIn(INPUTS).nOut(3).build(), "a")
        .addLayer("right", new DenseLayer.Builder().nIn(2).nOut(3).build(), "b")
        .addVertex("both", new MergeVertex(), "left", "right")
        .addLayer("class", output(6), "both")
        .addLayer(
            "value",
            new OutputLayer.Builder(LossFunction.MSE)
                .nIn(6)
                .nOut(1)
                .activation(Activation.IDENTITY)
                .build(),
            "both")
        .setOutputs("class", "value")
        .build();
  }

  private static NeuralNetConfiguration.Builder builder(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(updater)
        .l2(0.001)
        .activation(Activation.TANH);
  }

  private static OutputLayer output(int inputs) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(inputs)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init();
    return network;
  }

  static ComputationGraph network(ComputationGraphConfiguration configuration) {
    ComputationGraph network = new ComputationGraph(configuration.clone());
    network.init();
    return network;
  }

  /** Vectors and their classes, one DataSet an example. */
  static List<DataSet> vectors(int count) {
    Random random = new Random(3);
    List<DataSet> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      INDArray features = values(random, 1, INPUTS);
      int label = features.getFloat(0) > 0 ? 0 : features.getFloat(1) > 0 ? 1 : 2;
      examples.add(new DataSet(features, oneHot(label)));
    }
    return examples;
  }

  static List<DataSet> pictures(int count) {
    Random random = new Random(4);
    List<DataSet> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      INDArray features = values(random, 1, 1, SIDE, SIDE);
      examples.add(new DataSet(features, oneHot(random.nextInt(CLASSES))));
    }
    return examples;
  }

  /** Series of 2 to 7 steps, with a class at each; every third has a mask of labels. */
  static List<DataSet> series(int count) {
    Random random = new Random(5);
    List<DataSet> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int steps = 2 + random.nextInt(6);
      INDArray labels = Nd4j.zeros(1, CLASSES, steps);
      for (int step = 0; step < steps; step++) {
        labels.putScalar(new int[] {0, random.nextInt(CLASSES), step}, 1);
      }
      DataSet example = new DataSet(values(random, 1, INPUTS, steps), labels);
      if (i % 3 == 0) {
        INDArray mask = Nd4j.ones(1, steps);
        mask.putScalar(0, 0);
        example.setLabelsMaskArray(mask);
      }
      examples.add(example);
    }
    return examples;
  }

  /** Examples of {@link #graph}. */
  static List<MultiDataSet> pairs(int count) {
    Random random = new Random(6);
    List<MultiDataSet> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(
          new org.nd4j.linalg.dataset.MultiDataSet(
              new INDArray[] {values(random, 1, INPUTS), values(random, 1, 2)},
              new INDArray[] {oneHot(random.nextInt(CLASSES)), values(random, 1, 1)}));
    }
    return examples;
  }

  /** DL4J itself, trained on minibatches of consecutive examples. */
  static void fit(MultiLayerNetwork network, List<DataSet> examples, int batch) {
    for (int from = 0; from < examples.size(); from += batch) {
      network.fit(DataSet.merge(examples.subList(from, Math.min(examples.size(), from + batch))));
    }
  }

  static void fit(ComputationGraph network, List<MultiDataSet> examples, int batch) {
    for (int from = 0; from < examples.size(); from += batch) {
      network.fit(
          org.nd4j.linalg.dataset.MultiDataSet.merge(
              examples.subList(from, Math.min(examples.size(), from + batch))));
    }
  }

  static float[] parameters(Model network) {
    return network.params().dup().data().asFloat();
  }

  private static INDArray oneHot(int label) {
    INDArray labels = Nd4j.zeros(1, CLASSES);
    labels.putScalar(0, label, 1);
    return labels;
  }

  private static INDArray values(Random random, long... shape) {
    INDArray array = Nd4j.zeros(shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array;
  }
}
