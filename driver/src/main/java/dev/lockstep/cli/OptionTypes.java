package dev.lockstep.cli;

import dev.lockstep.data.DataError;
import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.models.network.GradientClipping;
import dev.lockstep.strategy.LearningRates;
import dev.lockstep.strategy.OuterRule;
import dev.lockstep.strategy.StrategyName;
import dev.lockstep.strategy.UpdaterState;
import dev.lockstep.strategy.WeightsAverage;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The types of options that say themselves how they are read. */
final class OptionTypes {
  private OptionTypes() {}

  /** Has a command, and those below it, read them. */
  static CommandLine readBy(CommandLine command) {
    read(command, StrategyName.class, StrategyName::of);
    read(command, StrategyPreset.class, StrategyPreset::of);
    read(command, AveragingSchedule.class, AveragingSchedule::of);
    read(command, OuterRule.class, OuterRule::of);
    read(command, UpdaterState.class, UpdaterState::of);
    read(command, LearningRates.Shape.class, LearningRates::shape);
    read(command, GradientClipping.class, GradientClipping::of);
    read(command, WeightsAverage.class, WeightsAverage::of);
    read(command, Augmentation.class, Augmentation::of);
    return command;
  }

  private static <T> void read(CommandLine command, Class<T> type, Function<String, T> reader) {
    command.registerConverter(
        type,
        value -> {
          try {
            return reader.apply(value);
          } catch (IllegalArgumentException | DataError e) {
            throw new TypeConversionException(e.getMessage());
          }
        });
  }
}
