package dev.lockstep.cli;

import dev.lockstep.bench.BenchTask;
import dev.lockstep.data.idx.Mnist;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which networks are trained on MNIST to be timed. */
final class BenchNetworks {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "softmax|mlp",
      defaultValue = "softmax,mlp",
      description = "784→10, and 784-128-10. Default: ${DEFAULT-VALUE}.")
  private List<BenchTask> networks;

  /** Times the training of a network. */
  interface Trial {
    void run(JavaSparkContext spark, Mnist data, BenchTask task);
  }

  /** One after the other, in one Spark application. */
  void each(String application, Trial trial) {
    each(spec, networks, application, trial);
  }

  /** Those named, one after the other, in one Spark application. */
  static void each(CommandSpec spec, List<BenchTask> networks, String application, Trial trial) {
    Mnist data = new Mnist(DataFolder.resolve(OutputOptions.console(spec), "mnist"));
    try (JavaSparkContext spark = Sessions.open(application)) {
      networks.forEach(task -> trial.run(spark, data, task));
    }
  }
}
