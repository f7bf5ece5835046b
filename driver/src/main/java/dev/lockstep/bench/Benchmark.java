package dev.lockstep.bench;

import dev.lockstep.bench.Contender.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Runs contenders in turn, so that what slows the machine slows them all. */
public final class Benchmark {
  private Benchmark() {}

  /**
   * Medians over the rounds.
   *
   * @param name of the contender
   * @param seconds of one training
   * @param secondsAnEpoch of one pass over the data
   * @param examplesASecond trained
   * @param accuracy on the test data, 0..1
   * @param ratio how many times as long as the first contender it took, for an epoch
   */
  public record Result(
      String name,
      double seconds,
      double secondsAnEpoch,
      double examplesASecond,
      double accuracy,
      double ratio) {}

  /**
   * Runs each contender once to warm up, then all of them in turn.
   *
   * @param examples in an epoch
   * @param rounds how often each is timed
   * @param progress receives a line for each training
   * @return in the order of the contenders
   */
  public static List<Result> run(
      List<Contender> contenders, long examples, int rounds, Consumer<String> progress) {
    Map<String, List<Measured>> measured = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Contender contender : contenders) {
        Measured trial = contender.trial().run();
        progress.accept(
            "%s  %s  %.3f s an epoch"
                .formatted(
                    round == 0 ? "warm-up" : "round " + round + "/" + rounds,
                    contender.name(),
                    trial.seconds() / trial.epochs()));
        if (round > 0) {
          measured.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(trial);
        }
      }
    }
    List<Result> results = new ArrayList<>();
    measured.forEach(
        (name, trials) ->
            results.add(result(name, trials, examples, results.isEmpty() ? null : results.get(0))));
    return results;
  }

  private static Result result(String name, List<Measured> trials, long examples, Result first) {
    double epoch = median(trials, trial -> trial.seconds() / trial.epochs());
    return new Result(
        name,
        median(trials, Measured::seconds),
        epoch,
        examples / epoch,
        median(trials, Measured::accuracy),
        first == null ? 1 : epoch / first.secondsAnEpoch());
  }

  static <T> double median(List<T> trials, ToDoubleFunction<T> value) {
    double[] sorted = trials.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
