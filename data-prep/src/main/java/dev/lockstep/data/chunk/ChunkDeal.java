package dev.lockstep.data.chunk;

import java.util.SplittableRandom;

/**
 * Which chunk the next example belongs to. Chunks are written some at a time; among these, examples
 * are dealt in rounds, in each of which every chunk gets one, in an order drawn for the round: so
 * each is a sample of the stretch, stratified by position, whatever order or period that has. The
 * same in every run.
 */
final class ChunkDeal {
  private final ChunkPlan plan;
  private final SplittableRandom random = new SplittableRandom(0);
  private int[] round = {};
  private int firstOpen = -1;
  private long leftOpen;
  private int next;

  ChunkDeal(ChunkPlan plan) {
    this.plan = plan;
  }

  /** The number of the first chunk that is open, after {@link #next}; those before are complete. */
  int firstOpen() {
    return firstOpen;
  }

  /** The chunk of the next example. */
  int next() {
    if (leftOpen == 0) {
      open();
    }
    if (next == round.length) {
      draw();
    }
    leftOpen--;
    return firstOpen + round[next++];
  }

  private void open() {
    firstOpen += firstOpen < 0 ? 1 : round.length;
    int count = Math.min(plan.open(), plan.chunks() - firstOpen);
    if (count <= 0) {
      throw new IllegalStateException("there are more than %d examples".formatted(plan.examples()));
    }
    leftOpen = (long) count * plan.rows();
    round = new int[count];
    for (int i = 0; i < count; i++) {
      round[i] = i;
    }
    next = count;
  }

  private void draw() {
    for (int i = round.length - 1; i >= 1; i--) {
      int j = random.nextInt(i + 1);
      int swapped = round[i];
      round[i] = round[j];
      round[j] = swapped;
    }
    next = 0;
  }
}
