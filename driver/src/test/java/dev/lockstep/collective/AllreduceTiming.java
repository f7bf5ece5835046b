package dev.lockstep.collective;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how long a round takes: run by hand, as no test can tell a slow machine from slow code.
 */
final class AllreduceTiming {
  private AllreduceTiming() {}

  public static void main(String[] args) throws Exception {
    for (Placement placement :
        List.of(new Placement(0, 0), new Placement(0, 0, 0, 0), new Placement(0, 1))) {
      for (int length : List.of(2, 7_850, 1_000_000)) {
        System.out.printf(
            "%d members, %d processes, %,9d values: median %.4f ms%n",
            placement.size(), placement.processes(), length, medianMillis(placement, length));
      }
    }
    System.exit(0);
  }

  private static double medianMillis(Placement placement, int length) throws Exception {
    int rounds = length > 100_000 ? 400 : 20_000;
    try (Party party = new Party(placement, length, Duration.ofSeconds(20))) {
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
