package dev.lockstep.collective;

import java.util.HashMap;
import java.util.Map;

/** Groups whose members all run in this process. */
public final class SharedMemory {
  private static final Map<String, Entry> GROUPS = new HashMap<>();

  private SharedMemory() {}

  private static final class Entry {
    final Group group;
    int present;

    Entry(Group group) {
      this.group = group;
    }
  }

  /**
   * Joins a group.
   *
   * @param id of the group; unique to one attempt at a common task
   * @param rank of this member, 0 to below {@code size}, unlike any other's
   */
  public static Collective join(String id, int rank, int size, Patience patience) {
    synchronized (GROUPS) {
      Entry entry = GROUPS.computeIfAbsent(id, unused -> new Entry(new Group(size)));
      entry.present++;
      return new Joined(id, entry.group.member(rank, patience));
    }
  }

  private static void leave(String id) {
    synchronized (GROUPS) {
      GROUPS.computeIfPresent(id, (unused, entry) -> --entry.present == 0 ? null : entry);
    }
  }

  private record Joined(String id, Collective member) implements Collective {
    @Override
    public double[][] combine(
        Reduction reduction, double weight, double[] note, float[]... vectors) {
      return member.combine(reduction, weight, note, vectors);
    }

    @Override
    public void fail(Throwable cause) {
      member.fail(cause);
    }

    @Override
    public void close() {
      leave(id);
    }
  }
}
