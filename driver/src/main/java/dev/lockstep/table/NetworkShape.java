package dev.lockstep.table;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Preprocessing;
import dev.lockstep.data.Schema;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.ExampleFit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;

/**
 * What a network takes and gives.
 *
 * @param inputs values of one example; unknown where the first layer is not dense
 * @param outputs values for one example
 * @param told what it is for, as far as its last layer tells; empty where labels have to
 * @param otherwise what it is for, where neither labels nor its last layer tell
 * @param coding how it has classes, where it has such
 */
public record NetworkShape(
    OptionalInt inputs,
    int outputs,
    Optional<NetworkTask> told,
    NetworkTask otherwise,
    ClassCoding coding) {

  /**
   * Reads a network's configuration.
   *
   * @throws ModelError if it does not end in an output layer
   */
  public static NetworkShape of(NetworkDefinition network) {
    Layer last;
    OptionalInt inputs = OptionalInt.empty();
    if (network.graph()) {
      ComputationGraphConfiguration graph = ComputationGraphConfiguration.fromJson(network.json());
      last =
          graph.getVertices().get(graph.getNetworkOutputs().get(0)) instanceof LayerVertex vertex
              ? vertex.getLayerConf().getLayer()
              : null;
    } else {
      List<NeuralNetConfiguration> stack =
          MultiLayerConfiguration.fromJson(network.json()).getConfs();
      last = stack.get(stack.size() - 1).getLayer();
      inputs = inputs(stack.get(0).getLayer());
    }
    if (!(last instanceof BaseOutputLayer output) || output.getNOut() < 1) {
      throw new ModelError("the network does not end in an output layer that tells its size");
    }
    return new NetworkShape(
        inputs,
        Math.toIntExact(output.getNOut()),
        told(output),
        output.getNOut() > 1 && isSigmoid(output.getActivationFn()) && isBinary(output.getLossFn())
            ? NetworkTask.MULTI_LABEL
            : NetworkTask.REGRESSION,
        coding(output));
  }

  /** Softmax, cross-entropy of one value, and hinge are of classes; one plain value is a number. */
  private static Optional<NetworkTask> told(BaseOutputLayer output) {
    IActivation activation = output.getActivationFn();
    if (activation instanceof ActivationSoftmax) {
      return Optional.of(NetworkTask.CLASSIFICATION);
    }
    if (output.getNOut() > 1) {
      return Optional.empty();
    }
    if (isBinary(output.getLossFn())) {
      return Optional.of(NetworkTask.CLASSIFICATION);
    }
    return isSigmoid(activation) || isTanh(activation)
        ? Optional.empty()
        : Optional.of(NetworkTask.REGRESSION);
  }

  private static ClassCoding coding(BaseOutputLayer output) {
    if (output.getNOut() > 1 || output.getActivationFn() instanceof ActivationSoftmax) {
      return ClassCoding.ONE_HOT;
    }
    return isTanh(output.getActivationFn()) || isHinge(output.getLossFn())
        ? ClassCoding.MINUS_PLUS
        : ClassCoding.ZERO_ONE;
  }

  private static boolean isBinary(ILossFunction loss) {
    return loss instanceof LossBinaryXENT || isHinge(loss);
  }

  private static boolean isHinge(ILossFunction loss) {
    return loss instanceof LossHinge || loss instanceof LossSquaredHinge;
  }

  private static boolean isSigmoid(IActivation activation) {
    return activation instanceof ActivationSigmoid || activation instanceof ActivationHardSigmoid;
  }

  private static boolean isTanh(IActivation activation) {
    return activation instanceof ActivationTanH
        || activation instanceof ActivationHardTanH
        || activation instanceof ActivationSoftSign;
  }

  /** What a network is for on such data: several labels only where it gives one value for each. */
  public static NetworkTask task(NetworkDefinition network, Schema schema) {
    if (schema.classes() > 0) {
      return NetworkTask.CLASSIFICATION;
    }
    try {
      NetworkShape shape = of(network);
      return shape.outputs() == schema.targets() && shape.task() == NetworkTask.MULTI_LABEL
          ? NetworkTask.MULTI_LABEL
          : NetworkTask.REGRESSION;
    } catch (ModelError e) {
      return NetworkTask.REGRESSION; // It does not say how many outputs it has.
    }
  }

  /** How many values a network gives for an example; 0 where it does not say. */
  public static int outputs(NetworkDefinition network) {
    try {
      return of(network).outputs();
    } catch (ModelError e) {
      return 0;
    }
  }

  /**
   * What makes trainers of a network for such examples.
   *
   * @param made how data became these examples, which says what each of several inputs takes
   * @throws ModelError if the step does not support the network, or it does not take them
   */
  public static TrainerFactory trainers(
      NetworkDefinition network, LocalStep step, Schema schema, Optional<Preprocessing> made) {
    Optional<ExampleLayout> inputs =
        InputColumns.layout(network, TableRecipe.of(made), schema.labelLength());
    return inputs.isPresent()
        ? LocalTrainers.factory(network, step, inputs.get())
        : trainers(network, step, schema);
  }

  /** The same of a network with one input. */
  public static TrainerFactory trainers(NetworkDefinition network, LocalStep step, Schema schema) {
    if (schema.coding() != ClassCoding.EACH_STEP) {
      return LocalTrainers.factory(network, step, schema.labelLength(), schema.shape());
    }
    ExampleLayout layout =
        new ExampleLayout(
            List.of(part(schema.featureShape())),
            List.of(part(List.of(schema.classes(), schema.steps()))));
    ExampleFit.expect(network, layout);
    return LocalTrainers.factory(network, step, layout);
  }

  private static ExampleLayout.Part part(List<Integer> shape) {
    return new ExampleLayout.Part(ArrayShape.fixed(shape), null);
  }

  /** What it is for, where labels say nothing else. */
  public NetworkTask task() {
    return told.orElse(otherwise);
  }

  /** How many classes it tells apart, if it does. */
  public int classes() {
    return coding == ClassCoding.ONE_HOT ? outputs : ClassCoding.BINARY;
  }

  /** The same, as it was trained: with names it is a classifier. */
  public NetworkShape naming(List<String> classNames) {
    return told.isEmpty() && classNames.size() == classes()
        ? new NetworkShape(
            inputs, outputs, Optional.of(NetworkTask.CLASSIFICATION), otherwise, coding)
        : this;
  }

  /** Data with classes as the network has them; other data as it is. */
  public DataSource coded(DataSource data) {
    return outputs == 1 && data.schema().classes() == ClassCoding.BINARY
        ? data.coded(coding)
        : data;
  }

  /** Likewise, of whatever network; one that does not tell its size has classes one-hot. */
  public static DataSource coded(DataSource data, NetworkDefinition network) {
    try {
      return data.schema().classes() == ClassCoding.BINARY ? of(network).coded(data) : data;
    } catch (ModelError e) {
      return data; // It does not say how many outputs it has, which then are one a class.
    }
  }

  private static OptionalInt inputs(Layer first) {
    return first instanceof DenseLayer || first instanceof BaseOutputLayer
        ? OptionalInt.of(Math.toIntExact(((FeedForwardLayer) first).getNIn()))
        : OptionalInt.empty();
  }

  /**
   * Complains if the network is for something else.
   *
   * @throws ModelError naming what it needs
   */
  public void expect(NetworkTask expected) {
    if (expected == NetworkTask.MULTI_LABEL) {
      if (task() != NetworkTask.MULTI_LABEL) {
        throw new ModelError(
            "several labels of a row need a network that ends in sigmoid outputs with the binary"
                + " cross-entropy (XENT), one a label");
      }
      return;
    }
    boolean fits =
        told.map(expected::equals).orElse(expected == NetworkTask.REGRESSION || outputs == 1);
    if (!fits) {
      throw new ModelError(
          expected == NetworkTask.CLASSIFICATION
              ? "the network has no softmax output: a classifier needs one, or use LockstepRegressor"
              : "the network has a softmax output: it is a classifier, use LockstepClassifier");
    }
  }
}
