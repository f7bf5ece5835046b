package dev.lockstep.collective;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prints how long a round takes: run by hand, as no test can tell a slow machine from slow code.
 * With numbers as arguments, for so many processes, both ways of exchanging.
 */
final class AllreduceTiming {
  /** So many that each process sends to each other, whatever is sent. */
  private static final int LONG = 100_000_000;

  private AllreduceTiming() {}

  public static void main(String[] args) throws Exception {
    for (Placement placement :
        args.length > 0
            ? List.<Placement>of()
            : List.of(new Placement(0, 0), new Placement(0, 0, 0, 0), new Placement(0, 1))) {
      for (int length : List.of(2, 7_850, 1_000_000)) {
        print(placement, length, LONG);
      }
    }
    for (String processes : args) {
      int[] each = IntStream.range(0, Integer.parseInt(processes)).toArray();
      for (int length : List.of(7_850, 100_000, 1_000_000)) {
        print(new Placement(each), length, LONG);
        print(new Placement(each), length, length);
      }
    }
    System.exit(0);
  }

  private static void print(Placement placement, int length, int maxValues) throws Exception {
    String way =
        placement.processes() > 1 && Relay.pays(placement, maxValues) ? "relayed" : "directly";
    System.out.printf(
        "%d members, %d processes, %,9d values, %8s: median %.4f ms%n",
        placement.size(),
        placement.processes(),
        length,
        way,
        medianMillis(placement, length, maxValues));
  }

  private static double medianMillis(Placement placement, int length, int maxValues)
      throws Exception {
    int processes = placement.processes();
    int rounds = 60 + (length > 50_000 ? 200 : 20_000) / (processes * processes);
    try (Party party = new Party(placement, maxValues, Duration.ofSeconds(20))) {
      List<double[]> times =
          party.run(
              (rank, collective) -> {
                float[] vector = new float[length];
                double[] millis = new double[rounds];
                for (int round = 0; round < rounds; round++) {
                  long start = System.nanoTime();
                  collective.combine(Reduction.MEAN, 64, new double[5], vector);
                  millis[round] = (System.nanoTime() - start) / 1e6;
                }
                return millis;
              });
      double[] last = Arrays.copyOfRange(times.get(0), rounds / 2, rounds);
      Arrays.sort(last);
      return last[last.length / 2];
    }
  }
}
