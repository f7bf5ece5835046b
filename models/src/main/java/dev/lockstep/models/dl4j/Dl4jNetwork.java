package dev.lockstep.models.dl4j;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;

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

  void epoch(int epoch);

  boolean dividesByMinibatch();

  double regularisation();

  /** Its layers that may have parameters, by the names that DL4J's updater knows them by. */
  Map<String, Layer> layers();

  void fit(MultiDataSet minibatch);

  void computeGradient(MultiDataSet minibatch);

  double loss(MultiDataSet minibatch);

  INDArray[] output(MultiDataSet minibatch);

  /** Loss, with regularisation, and first output, of one pass. */
  Forward forward(MultiDataSet minibatch);

  /** How many values the features become in all layers together, in a pass without training. */
  long values(MultiDataSet minibatch);

  /** What a pass without training gives. */
  record Forward(double loss, INDArray output) {}

  /** The loss of the pass that has just been made, without clearing the layers' inputs. */
  private static double loss(Layer last, INDArray labels, double regularisation) {
    Layer inner = last instanceof FrozenLayerWithBackprop frozen ? frozen.getInsideLayer() : last;
    IOutputLayer output = (IOutputLayer) inner;
    output.setLabels(labels);
    return output.computeScore(regularisation, false, LayerWorkspaceMgr.noWorkspaces());
  }

  /** Views of the flattened gradient by parameter name, as DL4J's updater wants them. */
  default Gradient gradientViews() {
    Gradient views = new DefaultGradient(updater().getFlattenedGradientsView());
    Map<Trainable, String> names = new IdentityHashMap<>();
    layers().forEach((name, layer) -> names.put(layer, name));
    parameters()
        .forEach(
            parameter ->
                views.setGradientFor(
                    names.computeIfAbsent(parameter.getLayer(), Dl4jNetwork::vertexName)
                        + "_"
                        + parameter.getParamName(),
                    parameter.getGradView()));
    return views;
  }

  private static String vertexName(Trainable vertex) {
    return vertex.getConfig().getLayerName();
  }

  /**
   * Views of the flattened gradient of what is a mean over the minibatch, where others are a sum:
   * the running statistics of batch normalisation.
   */
  default List<INDArray> meanGradients() {
    return parameters()
        .filter(parameter -> !dividedByMinibatch(parameter))
        .map(ParamState::getGradView)
        .toList();
  }

  private static boolean dividedByMinibatch(ParamState parameter) {
    return parameter.getLayer().updaterDivideByMinibatch(parameter.getParamName());
  }

  /** All parameters, as DL4J's updater has them: a wrapper's are those of what it wraps. */
  private Stream<ParamState> parameters() {
    return updater().getUpdaterBlocks().stream()
        .flatMap(block -> block.getLayersAndVariablesInBlock().stream());
  }

  /** A stack of layers: one input, one output. */
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
    public void epoch(int epoch) {
      model.setEpochCount(epoch);
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
    public Map<String, Layer> layers() {
      Map<String, Layer> layers = new LinkedHashMap<>();
      for (int i = 0; i < model.getnLayers(); i++) {
        layers.put(String.valueOf(i), model.getLayer(i));
      }
      return layers;
    }

    @Override
    public void fit(MultiDataSet minibatch) {
      DataSet one = DataSets.single(minibatch);
      model.fit(
          one.getFeatures(), one.getLabels(), one.getFeaturesMaskArray(), one.getLabelsMaskArray());
    }

    @Override
    public void computeGradient(MultiDataSet minibatch) {
      DataSet one = DataSets.single(minibatch);
      model.setInput(one.getFeatures());
      model.setLabels(one.getLabels());
      if (one.hasMaskArrays()) {
        model.setLayerMaskArrays(one.getFeaturesMaskArray(), one.getLabelsMaskArray());
      }
      model.computeGradientAndScore();
      if (one.hasMaskArrays()) {
        model.clearLayerMaskArrays();
      }
    }

    @Override
    public double loss(MultiDataSet minibatch) {
      return model.score(DataSets.single(minibatch), false);
    }

    @Override
    public INDArray[] output(MultiDataSet minibatch) {
      DataSet one = DataSets.single(minibatch);
      return new INDArray[] {
        model.output(one.getFeatures(), false, one.getFeaturesMaskArray(), one.getLabelsMaskArray())
      };
    }

    @Override
    public long values(MultiDataSet minibatch) {
      DataSet one = DataSets.single(minibatch);
      return model.feedForward(one.getFeatures(), false).stream().mapToLong(INDArray::length).sum();
    }

    @Override
    public Forward forward(MultiDataSet minibatch) {
      DataSet one = DataSets.single(minibatch);
      model.setInput(one.getFeatures());
      model.setLayerMaskArrays(one.getFeaturesMaskArray(), one.getLabelsMaskArray());
      try {
        List<INDArray> activations = model.feedForward(false, false);
        double loss = Dl4jNetwork.loss(model.getOutputLayer(), one.getLabels(), regularisation());
        return new Forward(loss, activations.get(activations.size() - 1));
      } finally {
        model.clearLayerMaskArrays();
        model.clearLayersStates();
      }
    }
  }

  /** A graph: any number of inputs and outputs. */
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
    public void epoch(int epoch) {
      model.getConfiguration().setEpochCount(epoch);
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
    public Map<String, Layer> layers() {
      Map<String, Layer> layers = new LinkedHashMap<>();
      for (Layer layer : model.getLayers()) {
        layers.put(layer.conf().getLayer().getLayerName(), layer);
      }
      return layers;
    }

    @Override
    public void fit(MultiDataSet minibatch) {
      model.fit(
          minibatch.getFeatures(),
          minibatch.getLabels(),
          minibatch.getFeaturesMaskArrays(),
          minibatch.getLabelsMaskArrays());
    }

    @Override
    public void computeGradient(MultiDataSet minibatch) {
      model.setInputs(minibatch.getFeatures());
      model.setLabels(minibatch.getLabels());
      if (minibatch.hasMaskArrays()) {
        model.setLayerMaskArrays(
            minibatch.getFeaturesMaskArrays(), minibatch.getLabelsMaskArrays());
      }
      model.computeGradientAndScore();
      if (minibatch.hasMaskArrays()) {
        model.clearLayerMaskArrays();
      }
    }

    @Override
    public double loss(MultiDataSet minibatch) {
      return model.score(minibatch, false);
    }

    @Override
    public INDArray[] output(MultiDataSet minibatch) {
      return model.output(
          false,
          minibatch.getFeatures(),
          minibatch.getFeaturesMaskArrays(),
          minibatch.getLabelsMaskArrays());
    }

    @Override
    public long values(MultiDataSet minibatch) {
      return model.feedForward(minibatch.getFeatures(), false).values().stream()
          .mapToLong(INDArray::length)
          .sum();
    }

    @Override
    public Forward forward(MultiDataSet minibatch) {
      model.setLayerMaskArrays(minibatch.getFeaturesMaskArrays(), minibatch.getLabelsMaskArrays());
      try {
        Map<String, INDArray> activations =
            model.feedForward(minibatch.getFeatures(), false, false);
        double loss = 0;
        for (int i = 0; i < model.getNumOutputArrays(); i++) {
          // Regularisation is the whole network's: once.
          loss +=
              Dl4jNetwork.loss(
                  model.getOutputLayer(i), minibatch.getLabels(i), i == 0 ? regularisation() : 0);
        }
        return new Forward(
            loss, activations.get(model.getConfiguration().getNetworkOutputs().get(0)));
      } finally {
        model.clearLayerMaskArrays();
        model.clearLayersStates();
      }
    }
  }
}
