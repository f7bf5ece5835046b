package dev.lockstep.train;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Examples;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.NormalisationMethod;
import dev.lockstep.data.Schema;
import dev.lockstep.data.TargetMethod;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.NetworkOutline.Node;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;

/**
 * How a run's data are normalised: as was chosen, else as a model that is trained on has learnt,
 * else as is usual.
 *
 * @param features empty for what was learnt, or {@link NormalisationMethod#AUTO}
 * @param targets empty for what was learnt, or {@link TargetMethod#AUTO}
 * @param learnt of the model that is trained on; empty where training begins
 */
public record NormalisationChoice(
    Optional<NormalisationMethod> features,
    Optional<TargetMethod> targets,
    Optional<Normalisation> learnt) {
  /** As is usual for features, and targets as they are. */
  public static final NormalisationChoice OF_FEATURES = of(NormalisationMethod.AUTO);

  private static final Set<String> LOSSES = Set.of("LossMSE", "LossL2", "LossMAE", "LossL1");

  /** As is usual, of features and of targets. */
  static final NormalisationChoice USUAL =
      new NormalisationChoice(Optional.empty(), Optional.empty(), Optional.empty());

  /** As a model that is trained on has learnt it, or as it is given. */
  public static NormalisationChoice asLearnt(Normalisation learnt) {
    return new NormalisationChoice(Optional.empty(), Optional.empty(), Optional.of(learnt));
  }

  /** Of features; targets stay as they are. */
  public static NormalisationChoice of(NormalisationMethod features) {
    return new NormalisationChoice(
        Optional.of(features), Optional.of(TargetMethod.NONE), Optional.empty());
  }

  NormalisationChoice withFeatures(NormalisationMethod method) {
    return new NormalisationChoice(Optional.of(method), targets, learnt);
  }

  NormalisationChoice withTargets(TargetMethod method) {
    return new NormalisationChoice(features, Optional.of(method), learnt);
  }

  /**
   * Fits it to training data.
   *
   * @throws DataError if what was learnt does not fit the data, or the network cannot learn targets
   *     so
   */
  Normalisation fit(NetworkDefinition network, Schema schema, JavaRDD<Examples> blocks) {
    learnt.ifPresent(known -> known.expectFits(schema));
    Normalisation fitted =
        learnt
            .filter(known -> features.isEmpty())
            .orElseGet(
                () -> Normalisation.fit(features.orElse(NormalisationMethod.AUTO), schema, blocks));
    return targets.isEmpty() && learnt.isPresent()
        ? fitted.withTargets(learnt.get().targets())
        : fitted.withTargets(method(network, schema), blocks);
  }

  private TargetMethod method(NetworkDefinition network, Schema schema) {
    TargetMethod wanted = targets.orElse(TargetMethod.AUTO);
    if (wanted == TargetMethod.STANDARDISE && schema.classes() > 0) {
      throw new DataError(
          "targets cannot be standardised: expected numbers to be learnt, found classes: leave"
              + " targets as they are");
    }
    if (wanted == TargetMethod.NONE || schema.classes() > 0) {
      return TargetMethod.NONE;
    }
    Optional<Node> other =
        NetworkOutline.of(network).nodes().stream()
            .filter(node -> node.loss().isPresent())
            .filter(NormalisationChoice::needsTargetsAsTheyAre)
            .findFirst();
    if (other.isPresent() && wanted == TargetMethod.STANDARDISE) {
      throw new DataError(
          ("targets cannot be standardised: expected an output layer with identity and MSE, L2, MAE"
                  + " or L1, found layer %s with %s and %s: leave targets as they are")
              .formatted(
                  other.get().name(),
                  other.get().activation().orElse("no activation"),
                  other.get().loss().orElseThrow()));
    }
    return other.isPresent() ? TargetMethod.NONE : wanted;
  }

  /** Whether outputs have a range of their own, or the loss means more than a distance. */
  private static boolean needsTargetsAsTheyAre(Node output) {
    return !output.activation().equals(Optional.of("identity"))
        || !LOSSES.contains(output.loss().orElseThrow());
  }
}
