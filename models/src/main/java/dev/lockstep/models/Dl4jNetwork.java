package dev.lockstep.models;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The calls that {@code MultiLayerNetwork} and {@code ComputationGraph} both have, but under no
 * common type.
 */
sealed interface Dl4jNetwork {

  static Dl4jNetwork of(Model network) {
    return network instanceof ComputationGraph graph
        ? new Graph(graph)
        : new Layers((MultiLayerNetwork) network);
  }

  Model model();

  BaseMultiLayerUpdater<?> updater();

  int iterations();

  void iterations(int count);

  boolean dividesByMinibatch();

  double regularisation();

  /** Views of the flattened gradient by parameter name, as DL4J's updater wants them. */
  Gradient gradientViews();

  void fit(INDArray features, INDArray labels);

  void computeGradient(INDArray features, INDArray labels);

  double loss(INDArray features, INDArray labels);

  INDArray output(INDArray features);

  private static void addViews(Gradient views, String name, Layer layer) {
    if (layer.numParams() > 0) {
      layer
          .conf()
          .getLayer()
          .initializer()
          .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray())
          .forEach((parameter, view) -> views.setGradientFor(name + "_" + parameter, view));
    }
  }

  /** A stack of layers. */
  record Layers(MultiLayerNetwork model) implements Dl4jNetwork {
    @Override
    public BaseMultiLayerUpdater<?> updater() {
      return (BaseMultiLayerUpdater<?>) model.getUpdater(true);
    }

    @Override
    public int iterations() {
      return model.getIterationCount();
    }

    @Override
    public void iterations(int count) {
      model.setIterationCount(count);
    }

    @Override
    public boolean dividesByMinibatch() {
      return model.getDefaultConfiguration().isMiniBatch();
    }

    @Override
    public double regularisation() {
      return model.calcRegularizationScore(true);
    }

    @Override
    public Gradient gradientViews() {
      Gradient views = new DefaultGradient(model.getFlattenedGradients());
      for (int i = 0; i < model.getnLayers(); i++) {
        addViews(views, String.valueOf(i), model.getLayer(i));
      }
      return views;
    }

    @Override
    public void fit(INDArray features, INDArray labels) {
      model.fit(features, labels);
    }

    @Override
    public void computeGradient(INDArray features, INDArray labels) {
      model.setInput(features);
      model.setLabels(labels);
      model.computeGradientAndScore();
    }

    @Override
    public double loss(INDArray features, INDArray labels) {
      return model.score(new DataSet(features, labels), false);
    }

    @Override
    public INDArray output(INDArray features) {
      return model.output(features, false);
    }
  }

  /** A graph with one input and one output. */
  record Graph(ComputationGraph model) implements Dl4jNetwork {
    @Override
    public BaseMultiLayerUpdater<?> updater() {
      return model.getUpdater(true);
    }

    @Override
    public int iterations() {
      return model.getIterationCount();
    }

    @Override
    public void iterations(int count) {
      model.getConfiguration().setIterationCount(count);
    }

    @Override
    public boolean dividesByMinibatch() {
      return model.conf().isMiniBatch();
    }

    @Override
    public double regularisation() {
      return model.calcRegularizationScore(true);
    }

    @Override
    public Gradient gradientViews() {
      Gradient views = new DefaultGradient(updater().getFlattenedGradientsView());
      for (Layer layer : model.getLayers()) {
        addViews(views, layer.conf().getLayer().getLayerName(), layer);
      }
      return views;
    }

    @Override
    public void fit(INDArray features, INDArray labels) {
      model.fit(new INDArray[] {features}, new INDArray[] {labels});
    }

    @Override
    public void computeGradient(INDArray features, INDArray labels) {
      model.setInputs(features);
      model.setLabels(labels);
      model.computeGradientAndScore();
    }

    @Override
    public double loss(INDArray features, INDArray labels) {
      return model.score(new DataSet(features, labels), false);
    }

    @Override
    public INDArray output(INDArray features) {
      return model.outputSingle(false, features);
    }
  }
}
