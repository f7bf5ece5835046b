package dev.lockstep.data.prepare;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How data is prepared.
 *
 * @param shards how many files each part has, at least 1; by default one for each 64 MB
 * @param seed of the shuffle
 * @param split into parts, at random; empty to leave parts as they are
 */
public record PreparationOptions(
    PreparedFormat format, OptionalInt shards, Order order, long seed, Optional<Split> split) {

  /** In which order examples are written. */
  public enum Order {
    AS_STORED,
    /** Always so for a split. */
    SHUFFLED
  }

  boolean shuffles() {
    return order == Order.SHUFFLED || split.isPresent();
  }

  /** What determines the files, by name. */
  Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>();
    map.put("format", format.name().toLowerCase(Locale.ROOT));
    map.put("shards", shards.isPresent() ? String.valueOf(shards.getAsInt()) : "auto");
    map.put("shuffle", shuffles() ? "seed " + seed : "no");
    map.put(
        "split",
        split
            .map(
                given ->
                    String.join("/", given.shares().stream().map(String::valueOf).toList())
                        + (given.stratification() == Split.Stratification.CLASSES
                            ? " stratified"
                            : ""))
            .orElse("no"));
    return map;
  }
}
