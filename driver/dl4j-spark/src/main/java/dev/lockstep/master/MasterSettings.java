package dev.lockstep.master;

import dev.lockstep.models.LocalStep;
import dev.lockstep.strategy.Ordering;
import dev.lockstep.strategy.Strategy;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.StrategySettings;
import dev.lockstep.strategy.UpdaterState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.Repartition;

/** All options of a {@link LockstepTrainingMaster}; the builder describes them. */
record MasterSettings(
    Optional<Integer> workers,
    int batchSizePerWorker,
    StrategySettings strategySettings,
    Repartition repartition,
    StorageLevel storageLevel,
    Ordering ordering,
    LocalStep localStep,
    long seed) {

  MasterSettings {
    strategySettings.strategy(OptionalInt.empty(), option -> option);
  }

  /** How workers combine. */
  Strategy strategy() {
    return strategySettings.strategy(OptionalInt.empty(), option -> option);
  }

  /** As plain values, for JSON and YAML. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    workers.ifPresent(count -> map.put("workers", count));
    map.put("batchSizePerWorker", batchSizePerWorker);
    map.put("strategy", strategySettings.name().toString());
    map.put("averagingPeriod", strategySettings.averagingPeriod());
    map.put("gradientEpochs", strategySettings.gradientEpochs());
    map.put("outerMomentum", strategySettings.outer().momentum().orElse(0));
    map.put("updaterState", strategySettings.updaterState().name());
    map.put("repartition", repartition.name());
    map.put("storageLevel", name(storageLevel));
    map.put("ordering", ordering.name());
    map.put("localStep", localStep.name());
    map.put("seed", seed);
    return map;
  }

  /** What a map of {@link #toMap} says; defaults for what it does not. */
  static MasterBuilder builder(Map<String, Object> map) {
    MasterBuilder builder = LockstepTrainingMaster.builder();
    Map<String, Object> left = new LinkedHashMap<>(map);
    number(left, "workers").ifPresent(value -> builder.workers(value.intValue()));
    number(left, "batchSizePerWorker")
        .ifPresent(value -> builder.batchSizePerWorker(value.intValue()));
    text(left, "strategy").ifPresent(value -> builder.strategy(StrategyName.of(value)));
    number(left, "averagingPeriod").ifPresent(value -> builder.averagingPeriod(value.intValue()));
    number(left, "gradientEpochs").ifPresent(value -> builder.gradientEpochs(value.intValue()));
    number(left, "outerMomentum").ifPresent(value -> builder.outerMomentum(value.doubleValue()));
    text(left, "updaterState")
        .ifPresent(value -> builder.updaterState(UpdaterState.valueOf(value)));
    text(left, "repartition").ifPresent(value -> builder.repartition(Repartition.valueOf(value)));
    text(left, "storageLevel").ifPresent(value -> builder.storageLevel(storageLevel(value)));
    text(left, "ordering").ifPresent(value -> builder.ordering(Ordering.valueOf(value)));
    text(left, "localStep").ifPresent(value -> builder.localStep(LocalStep.valueOf(value)));
    number(left, "seed").ifPresent(value -> builder.seed(value.longValue()));
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("unknown options of a training master: " + left.keySet());
    }
    return builder;
  }

  private static Optional<Number> number(Map<String, Object> map, String name) {
    return Optional.ofNullable(map.remove(name)).map(Number.class::cast);
  }

  private static Optional<String> text(Map<String, Object> map, String name) {
    return Optional.ofNullable(map.remove(name)).map(String.class::cast);
  }

  /** Spark names its levels, but does not tell their names. */
  private static String name(StorageLevel level) {
    return level.toInt() + "/" + level.replication();
  }

  private static StorageLevel storageLevel(String name) {
    String[] parts = name.split("/");
    return StorageLevel.apply(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }
}
