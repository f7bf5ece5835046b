package dev.lockstep.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The defaults of a training command, shown by its help. */
abstract class Defaults implements IDefaultValueProvider {
  private final Map<String, String> values =
      new HashMap<>(
          Map.of(
              "--seed", "1",
              "--keep", "5",
              "--decode", "once",
              "--local-step", "auto",
              "--strategy", "parameter-averaging",
              "--updater-state", "averaged"));

  private Defaults(Map<String, String> own) {
    values.putAll(own);
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? values.get(option.longestName()) : null;
  }

  /** One point a step; displays and checkpoints by epochs. */
  static final class Linear extends Defaults {
    Linear() {
      super(
          Map.of(
              "--batch-size", "1",
              "--averaging-period", "50",
              "--display-every", "50",
              "--checkpoint-every", "500",
              "--model-dir", "runs/linear"));
    }
  }

  /** All points in one step. */
  static final class Nonlinear extends Defaults {
    Nonlinear() {
      super(
          Map.of(
              "--batch-size", "200",
              "--averaging-period", "50",
              "--display-every", "500",
              "--checkpoint-every", "500",
              "--model-dir", "runs/nonlinear"));
    }
  }

  /** Minibatches of 64. */
  static final class Mnist extends Defaults {
    Mnist() {
      super(
          Map.of(
              "--batch-size", "64",
              "--averaging-period", "10",
              "--display-every", "100",
              "--checkpoint-every", "1000",
              "--model-dir", "runs/mnist"));
    }
  }

  /** Minibatches of 64. */
  static final class Custom extends Defaults {
    Custom() {
      super(
          Map.of(
              "--batch-size", "64",
              "--averaging-period", "10",
              "--display-every", "100",
              "--checkpoint-every", "1000",
              "--model-dir", "runs/custom"));
    }
  }
}
