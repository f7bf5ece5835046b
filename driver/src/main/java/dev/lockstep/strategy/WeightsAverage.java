package dev.lockstep.strategy;

import dev.lockstep.models.ModelState;
import java.io.Serializable;
import java.util.Locale;

/**
 * Weights averaged over time, as a second model beside the one that is trained, which stays as it
 * is. After each round all workers compute it, each the same from the same. Statistics of batch
 * normalisation are averaged as the weights are: no pass over the data is made for them, as
 * Izmailov et al. make one.
 */
public sealed interface WeightsAverage extends Serializable {
  /** No second model. */
  WeightsAverage NONE = new None();

  /**
   * What of an average of the weights so far the newest are to be.
   *
   * @param schedule of the run
   * @param round that led to them
   * @return from 0, for not at all, to 1, for nothing else
   */
  double share(Schedule schedule, Segment round);

  /** There is no second model. */
  record None() implements WeightsAverage {
    @Override
    public double share(Schedule schedule, Segment round) {
      return 0;
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * An exponential moving average, unbiased as Adam's moments (Kingma and Ba 2015, section 3).
   *
   * @param decay what is left of older weights after each minibatch of any worker, so that it
   *     remembers as many examples whatever the number of workers; from 0 to below 1
   */
  record Exponential(double decay) implements WeightsAverage {
    public Exponential {
      if (!(decay >= 0 && decay < 1)) {
        throw new IllegalArgumentException(
            "the decay of an exponential moving average must be from 0 to below 1, not " + decay);
      }
    }

    @Override
    public double share(Schedule schedule, Segment round) {
      double all = schedule.steps(round.to());
      double newest = all - schedule.steps(round.from());
      return newest == 0 ? 0 : (1 - Math.pow(decay, newest)) / (1 - Math.pow(decay, all));
    }

    @Override
    public String toString() {
      return "ema:" + decay;
    }
  }

  /**
   * Stochastic weight averaging: the mean of the weights after each epoch (Izmailov et al. 2018),
   * which are those of the first agreement from its end on.
   *
   * @param fromEpoch whose end is the first, at least 1
   */
  record EpochEnds(int fromEpoch) implements WeightsAverage {
    public EpochEnds {
      if (fromEpoch < 1) {
        throw new IllegalArgumentException(
            "weights are averaged from epoch 1 on or later, not from " + fromEpoch);
      }
    }

    @Override
    public double share(Schedule schedule, Segment round) {
      int all = schedule.epochs(round.to()) - fromEpoch + 1;
      int newest = Math.min(all, schedule.epochs(round.to()) - schedule.epochs(round.from()));
      return newest <= 0 ? 0 : (double) newest / all;
    }

    @Override
    public String toString() {
      return "swa:" + fromEpoch;
    }
  }

  /**
   * What all continue from, with its average.
   *
   * @param start what the round began with
   * @param end what workers agreed on
   */
  default ModelState after(Schedule schedule, ModelState start, Segment round, ModelState end) {
    double share = share(schedule, round);
    if (share == 0 || equals(NONE)) {
      return start.averaged().length == 0 ? end : end.withAveraged(start.averaged());
    }
    float[] newest = end.parameters();
    if (share == 1) {
      return end.withAveraged(newest.clone());
    }
    float[] before = start.averaged().length == 0 ? start.parameters() : start.averaged();
    float[] mean = new float[newest.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (before[i] + share * ((double) newest[i] - before[i]));
    }
    return end.withAveraged(mean);
  }

  /**
   * Reads {@code none}, {@code ema:DECAY} or {@code swa:EPOCH}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static WeightsAverage of(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(":", -1);
    try {
      switch (parts[0] + parts.length) {
        case "none1":
          return NONE;
        case "ema2":
          return new Exponential(Double.parseDouble(parts[1]));
        case "swa2":
          return new EpochEnds(Integer.parseInt(parts[1]));
        default:
          break;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "expected ema:DECAY, such as ema:0.999, swa:EPOCH or none, found '%s'".formatted(text));
  }
}
