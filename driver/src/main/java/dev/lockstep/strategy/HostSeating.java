package dev.lockstep.strategy;

import dev.lockstep.collective.Guest;
import dev.lockstep.collective.Meeting;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Shared;
import dev.lockstep.models.ModelState;
import dev.lockstep.spark.Crew;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Gives each task that has come its workers, as evenly as that goes, and each worker a task where
 * its examples are, if there is one with room. Which worker is where never shows in a result.
 */
final class HostSeating implements Meeting.Seating, AutoCloseable {
  private final JavaSparkContext spark;
  private final Workers workers;
  private final ModelState state;
  private Shared<ModelState> start;

  /**
   * @param state what workers begin with
   */
  HostSeating(JavaSparkContext spark, Workers workers, ModelState state) {
    this.spark = spark;
    this.workers = workers;
    this.state = state;
  }

  /**
   * What a host takes with it.
   *
   * @param start the state to begin with; null if all processes have it
   * @param parts where each of its workers reads its examples, in their order
   */
  record Equipment(Shared<ModelState> start, List<Serializable> parts) implements Serializable {}

  @Override
  public Meeting.Plan plan(List<Guest> guests) {
    if (!guests.stream().allMatch(Guest::keeps)) {
      start = Transport.share(spark, state);
    }
    List<List<String>> places = workers.places();
    int[] hosts =
        deal(
            places.size(),
            guests.size(),
            (worker, host) ->
                places.get(worker).stream()
                    .anyMatch(place -> Crew.isOn(place, guests.get(host).executor())));
    List<Equipment> equipment =
        IntStream.range(0, guests.size())
            .mapToObj(
                host ->
                    new Equipment(
                        start,
                        IntStream.range(0, hosts.length)
                            .filter(worker -> hosts[worker] == host)
                            .mapToObj(workers::part)
                            .toList()))
            .toList();
    return new Meeting.Plan(hosts, equipment);
  }

  /**
   * Deals workers to hosts, each of whom gets as many as another, or one more.
   *
   * @param near whether a worker's examples are at a host
   * @return the host of each worker
   */
  static int[] deal(int workers, int hosts, BiPredicate<Integer, Integer> near) {
    int[] dealt = new int[workers];
    Arrays.fill(dealt, -1);
    int[] load = new int[hosts];
    int larger = workers % hosts;
    for (boolean anywhere : new boolean[] {false, true}) {
      for (int worker = 0; worker < workers; worker++) {
        int room = workers / hosts + (larger > 0 ? 1 : 0);
        int best = -1;
        for (int host = 0; host < hosts && dealt[worker] < 0; host++) {
          boolean fits = load[host] < room && (anywhere || near.test(worker, host));
          best = fits && (best < 0 || load[host] < load[best]) ? host : best;
        }
        if (best >= 0) {
          dealt[worker] = best;
          larger -= ++load[best] > workers / hosts ? 1 : 0;
        }
      }
    }
    return dealt;
  }

  @Override
  public void close() {
    if (start != null) {
      start.destroy();
    }
  }
}
