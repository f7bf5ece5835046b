package dev.lockstep.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lockstep.strategy.FoundPeriod;
import dev.lockstep.train.Score;
import java.util.Map;

/** Something that a run's history has, and the step after which it was so. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HistoryEntry.Displayed.class, name = "display"),
  @JsonSubTypes.Type(value = HistoryEntry.Found.class, name = "averaging"),
  @JsonSubTypes.Type(value = HistoryEntry.Validated.class, name = "validated"),
  @JsonSubTypes.Type(value = HistoryEntry.Saved.class, name = "checkpoint"),
})
public sealed interface HistoryEntry {

  /** Minibatches trained since the run's start, over all workers. */
  long step();

  /**
   * What was displayed.
   *
   * @param examplesPerSecond since the display before
   * @param figures by name, among them "loss"
   */
  record Displayed(long step, double examplesPerSecond, Map<String, Double> figures)
      implements HistoryEntry {}

  /**
   * What was found of the averaging period.
   *
   * @param cost the part of the time in which workers combined what they had learnt, and waited
   */
  record Found(long step, FoundPeriod period, double cost) implements HistoryEntry {}

  /** A look at validation data. */
  record Validated(long step, Score score) implements HistoryEntry {}

  /**
   * A checkpoint was written.
   *
   * @param name of its file, in the folder where the history is
   */
  record Saved(long step, String name) implements HistoryEntry {}
}
