package dev.lockstep.models.math;

import dev.lockstep.models.UnsupportedNetwork;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * One array of a layer's parameters, as a slice of the network's flat vector, and how its
 * configuration wants it trained.
 *
 * @param layer of which the arrays have their gradients normalised together
 * @param updater DL4J's, with its schedules
 * @param statistic whether it is a running statistic of batch normalisation, whose "gradient" is
 *     subtracted as the mean over the minibatch, also where others are sums
 * @param clipping DL4J's gradient normalization, {@code None} if there is none
 * @param threshold of the clipping
 */
public record TrainedParameter(
    String layer,
    int start,
    int length,
    IUpdater updater,
    boolean statistic,
    List<Penalty> penalties,
    GradientNormalization clipping,
    double threshold,
    List<Constraint> constraints)
    implements Serializable {

  private static final Set<String> STATISTICS =
      Set.of(
          BatchNormalizationParamInitializer.GLOBAL_MEAN,
          BatchNormalizationParamInitializer.GLOBAL_VAR,
          BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

  public TrainedParameter {
    penalties = List.copyOf(penalties);
    constraints = List.copyOf(constraints);
  }

  /** The order in which an array's values are in the flat vector. */
  public enum Order {
    /** The last dimension varies fastest: DL4J's convolutions. */
    C,
    /** The first dimension varies fastest: DL4J's dense and recurrent weights. */
    F
  }

  /**
   * Reads what a layer's configuration says of one of its parameters.
   *
   * @param layer the layer's name, unique in the network
   * @param configuration of the layer; one in a {@code FrozenLayer} stays as it is
   * @param name DL4J's name of the parameter, such as W or b
   * @param start of its first value in the flat vector
   * @param shape as DL4J has it, such as [inputs, outputs] or [1, outputs]
   * @throws UnsupportedNetwork if its updater, regularization or a constraint is none that this
   *     package knows; the message is to follow the layer's name
   */
  public static TrainedParameter of(
      String layer, Layer configuration, String name, int start, Order order, int... shape)
      throws UnsupportedNetwork {
    int length = 1;
    for (int size : shape) {
      length = Math.multiplyExact(length, size);
    }
    if (configuration instanceof FrozenLayer) {
      return new TrainedParameter(
          layer,
          start,
          length,
          new NoOp(),
          false,
          List.of(),
          GradientNormalization.None,
          1,
          List.of());
    }
    IUpdater updater = configuration.getUpdaterByParam(name);
    UpdateRule.expectKnown(updater);
    GradientNormalization clipping = configuration.getGradientNormalization();
    return new TrainedParameter(
        layer,
        start,
        length,
        updater,
        configuration instanceof BatchNormalization && isStatistic(name),
        penalties(configuration.getRegularizationByParam(name)),
        clipping == null ? GradientNormalization.None : clipping,
        configuration.getGradientNormalizationThreshold(),
        constraints(configuration.getConstraints(), name, order, shape));
  }

  private static List<Penalty> penalties(List<Regularization> parts) throws UnsupportedNetwork {
    List<Penalty> penalties = new ArrayList<>();
    for (Regularization part : parts == null ? List.<Regularization>of() : parts) {
      penalties.add(Penalty.of(part));
    }
    return penalties;
  }

  private static List<Constraint> constraints(
      List<LayerConstraint> all, String name, Order order, int... shape) throws UnsupportedNetwork {
    List<Constraint> constraints = new ArrayList<>();
    for (LayerConstraint one : all == null ? List.<LayerConstraint>of() : all) {
      Constraint.of(one, name, order, shape).ifPresent(constraints::add);
    }
    return constraints;
  }

  /** Whether DL4J calls a running statistic of batch normalisation so. */
  public static boolean isStatistic(String name) {
    return STATISTICS.contains(name);
  }

  int end() {
    return start + length;
  }

  /** The learning rate of one update; 1 if the updater has none, as DL4J has it for decay. */
  double learningRate(int updates, int epoch, double factor) {
    return updater.hasLearningRate() ? factor * updater.getLearningRate(updates, epoch) : 1;
  }
}
