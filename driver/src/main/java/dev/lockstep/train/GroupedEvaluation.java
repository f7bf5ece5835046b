package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.Example;
import dev.lockstep.data.ExampleBlock;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Shared;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.table.NetworkShape;
import dev.lockstep.table.NetworkTask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** Runs a network over examples in groups, on Spark. */
public final class GroupedEvaluation {
  /** Values of features that a group has in memory. */
  private static final int VALUES = 1 << 16;

  private GroupedEvaluation() {}

  private record Trained(
      NetworkTask task,
      TrainerFactory trainers,
      ModelState state,
      Schema schema,
      Normalisation normalisation)
      implements Serializable {

    Map<String, Evaluation> evaluate(Iterator<Tuple2<String, Example>> examples) {
      LocalTrainer network = trainers.newTrainer();
      network.load(state);
      int most = Math.max(1, VALUES / schema.featureLength());
      Map<String, List<Example>> waiting = new HashMap<>();
      Map<String, Evaluation> done = new TreeMap<>();
      while (examples.hasNext()) {
        Tuple2<String, Example> next = examples.next();
        List<Example> group = waiting.computeIfAbsent(next._1(), unused -> new ArrayList<>());
        group.add(next._2());
        if (group.size() == most) {
          evaluate(network, next._1(), group, done);
        }
      }
      new TreeMap<>(waiting).forEach((name, group) -> evaluate(network, name, group, done));
      network.close();
      return done;
    }

    private void evaluate(
        LocalTrainer network, String name, List<Example> group, Map<String, Evaluation> done) {
      if (!group.isEmpty()) {
        ExampleBlock block = ExampleBlock.of(schema, group.iterator()).normalised(normalisation);
        Evaluation part = DistributedEvaluation.evaluation(block, network, task).withoutMistakes();
        done.merge(name, part, GroupedEvaluation::both);
        group.clear();
      }
    }
  }

  /**
   * Evaluates a network on each group.
   *
   * @param examples with the names of their groups, which are few
   * @param source that they are of
   * @return by name, in the order of names
   */
  public static Map<String, Evaluation> of(
      JavaSparkContext spark,
      JavaRDD<Tuple2<String, Example>> examples,
      DataSource source,
      Normalisation normalisation,
      NetworkDefinition network,
      ModelState state) {
    Schema schema = source.schema();
    Shared<Trained> trained =
        Transport.share(
            spark,
            new Trained(
                NetworkShape.task(network, schema),
                NetworkShape.trainers(network, LocalStep.AUTO, schema, source.preprocessing()),
                state,
                schema,
                normalisation));
    try {
      Map<String, Evaluation> all = new TreeMap<>();
      Transport.collect(
              examples.mapPartitions(some -> List.of(trained.value().evaluate(some)).iterator()))
          .forEach(
              part ->
                  part.forEach(
                      (name, evaluation) -> all.merge(name, evaluation, GroupedEvaluation::both)));
      return all;
    } finally {
      trained.destroy();
    }
  }

  private static Evaluation both(Evaluation one, Evaluation other) {
    return Evaluation.joined(List.of(one, other));
  }
}
