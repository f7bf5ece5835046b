package dev.lockstep.report.tensorboard;

import dev.lockstep.models.ModelState;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.TimeSplit;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.tensorflow.framework.Summary;

/** The numbers of a run; rates are of the time since they were last asked for. */
final class RunScalars {
  private static final double MILLIS = 1e3;

  private final RunSubject subject;
  private RoundTime time;
  private long roundsBefore;
  private long examplesBefore;
  private double secondsBefore;

  RunScalars(RunSubject subject) {
    this.subject = subject;
  }

  /** Counts the time of rounds. */
  void add(RoundReport report) {
    time = time == null ? report.time() : time.plus(report.time());
  }

  /** What is to be displayed after a round that was counted. */
  List<Summary.Value> take(RoundReport report, ModelState state) {
    List<Summary.Value> values = new ArrayList<>();
    subject
        .figures()
        .apply(state, report.loss())
        .forEach((name, value) -> values.add(Summaries.scalar("train/" + name, value)));
    values.addAll(learningRates(state));
    double seconds = report.seconds() - secondsBefore;
    values.add(
        Summaries.scalar(
            "speed/examples_per_second",
            (report.examples() - examplesBefore) / Math.max(seconds, 1e-9)));
    long rounds = report.round() - roundsBefore;
    TimeSplit.seconds(time)
        .forEach(
            (part, sum) -> values.add(Summaries.scalar("round_ms/" + part, sum * MILLIS / rounds)));
    time = null;
    roundsBefore = report.round();
    examplesBefore = report.examples();
    secondsBefore = report.seconds();
    return values;
  }

  /** One, where all layers have the same. */
  private List<Summary.Value> learningRates(ModelState state) {
    Map<String, Double> rates = subject.network().learningRates(state.updates());
    if (new HashSet<>(rates.values()).size() == 1) {
      return List.of(Summaries.scalar("train/learning_rate", rates.values().iterator().next()));
    }
    return rates.entrySet().stream()
        .map(rate -> Summaries.scalar("learning_rate/" + rate.getKey(), rate.getValue()))
        .toList();
  }
}
