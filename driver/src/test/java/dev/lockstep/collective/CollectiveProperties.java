package dev.lockstep.collective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Wherever members run, all end with the sums that one loop over them gives, to the bit. */
class CollectiveProperties {
  private static final int ROUNDS = 4;

  /**
   * A way to place workers, and what they combine.
   *
   * @param hosts of each worker
   * @param processes of each host
   */
  record Case(int[] hosts, int[] processes, int[] lengths, long seed) {
    float[][] vectors(int rank, int round) {
      Random random = random(rank, round);
      float[][] vectors = new float[lengths.length][];
      for (int v = 0; v < lengths.length; v++) {
        vectors[v] = new float[lengths[v]];
        for (int i = 0; i < lengths[v]; i++) {
          vectors[v][i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
        }
      }
      return vectors;
    }

    /** Some have none, but not all. */
    double weight(int rank, int round) {
      return rank == round % hosts.length ? 7 : Math.max(0, random(rank, -round).nextInt(200) - 40);
    }

    private Random random(int rank, int round) {
      return new Random(seed * 31 + rank * 1009L + round);
    }

    @Override
    public String toString() {
      return Arrays.toString(hosts)
          + Arrays.toString(processes)
          + " "
          + Arrays.toString(lengths)
          + " "
          + seed;
    }
  }

  private static Arbitrary<Case> cases(Arbitrary<int[][]> places) {
    Arbitrary<int[]> lengths =
        Arbitraries.integers().between(0, 3000).array(int[].class).ofMinSize(1).ofMaxSize(3);
    return Combinators.combine(places, lengths, Arbitraries.longs())
        .as((place, all, seed) -> new Case(place[0], place[1], all, seed));
  }

  /** One host a worker. */
  private static int[][] each(int... processes) {
    return new int[][] {IntStream.range(0, processes.length).toArray(), processes};
  }

  @Provide
  Arbitrary<Case> inOneProcess() {
    return cases(Arbitraries.integers().between(1, 6).map(n -> each(new int[n])));
  }

  @Provide
  Arbitrary<Case> overProcesses() {
    return cases(Arbitraries.of(each(0, 1), each(0, 1, 0), each(0, 1, 1, 0), each(0, 1, 2)));
  }

  /** Hosts of several workers. */
  @Provide
  Arbitrary<Case> hosted() {
    return cases(
        Arbitraries.of(
            new int[][] {{0, 0, 0}, {0}},
            new int[][] {{0, 1, 0, 1}, {0, 0}},
            new int[][] {{1, 0, 0, 1}, {0, 1}},
            new int[][] {{0, 1, 2, 2, 1, 1}, {0, 1, 0}}));
  }

  /** So many that messages are relayed. */
  @Provide
  Arbitrary<Case> overManyProcesses() {
    return cases(
        Arbitraries.of(
            each(0, 1, 2, 3),
            each(3, 1, 4, 0, 2, 2),
            each(IntStream.range(0, 9).toArray()),
            new int[][] {{0, 3, 2, 1, 2, 4, 4, 0}, {0, 1, 2, 3, 0}}));
  }

  @Property(tries = 20)
  void relayed_by_other_processes(
      @ForAll("overManyProcesses") Case given, @ForAll Reduction reduction) throws Exception {
    assertThat(Relay.pays(new Placement(given.hosts(), given.processes()), 9000)).isTrue();
    expectSameBits(given, reduction);
  }

  @Example
  void what_is_long_is_sent_straight_to_each_other_process() throws Exception {
    Case given = new Case(new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 3}, new int[] {200_000}, 5);
    assertThat(Relay.pays(new Placement(given.hosts(), given.processes()), 200_000)).isFalse();
    expectSameBits(given, Reduction.MEAN);
  }

  @Property(tries = 60)
  void through_shared_memory(@ForAll("inOneProcess") Case given, @ForAll Reduction reduction)
      throws Exception {
    expectSameBits(given, reduction);
  }

  @Property(tries = 20)
  void between_processes(@ForAll("overProcesses") Case given, @ForAll Reduction reduction)
      throws Exception {
    expectSameBits(given, reduction);
  }

  @Property(tries = 20)
  void at_hosts_of_several_workers(@ForAll("hosted") Case given, @ForAll Reduction reduction)
      throws Exception {
    expectSameBits(given, reduction);
  }

  private static void expectSameBits(Case given, Reduction reduction) throws Exception {
    int values = Arrays.stream(given.lengths()).sum();
    try (Party party =
        new Party(
            new Placement(given.hosts(), given.processes()), values, Duration.ofSeconds(20))) {
      List<Integer> members =
          party.run(
              (host, collective) -> {
                int[] ranks = party.placement.ranks(host);
                for (int now = 1; now <= ROUNDS; now++) {
                  int round = now;
                  float[][][] vectors =
                      Arrays.stream(ranks)
                          .mapToObj(rank -> given.vectors(rank, round))
                          .toArray(float[][][]::new);
                  double[] weights =
                      Arrays.stream(ranks).mapToDouble(rank -> given.weight(rank, round)).toArray();
                  double[][] own =
                      Arrays.stream(ranks)
                          .mapToObj(rank -> note(given, rank, round))
                          .toArray(double[][]::new);
                  double[][] notes = collective.combine(reduction, weights, own, vectors);

                  assertThat(vectors[0]).isDeepEqualTo(expected(given, reduction, round));
                  assertThat(notes).isDeepEqualTo(expectedNotes(given, round));
                }
                return host;
              });

      assertThat(members).hasSize(given.processes().length);
    }
  }

  private static float[][] expected(Case given, Reduction reduction, int round) {
    int members = given.hosts().length;
    float[][] expected = new float[given.lengths().length][];
    for (int v = 0; v < expected.length; v++) {
      double[] sum = new double[given.lengths()[v]];
      double total = 0;
      for (int rank = 0; rank < members; rank++) {
        double weight = given.weight(rank, round);
        float[] vector = given.vectors(rank, round)[v];
        total += weight;
        for (int i = 0; i < sum.length && weight > 0; i++) {
          sum[i] += weight * vector[i];
        }
      }
      expected[v] = new float[sum.length];
      for (int i = 0; i < sum.length; i++) {
        expected[v][i] = (float) (reduction == Reduction.MEAN ? sum[i] / total : sum[i]);
      }
    }
    return expected;
  }

  private static double[] note(Case given, int rank, int round) {
    return new double[] {rank, round * 0.1, given.weight(rank, round)};
  }

  private static double[][] expectedNotes(Case given, int round) {
    return IntStream.range(0, given.hosts().length)
        .mapToObj(rank -> note(given, rank, round))
        .toArray(double[][]::new);
  }
}
