package dev.lockstep.collective;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The groups with members in this process. */
final class Groups {
  private final Map<GroupId, Entry> open = new ConcurrentHashMap<>();

  /** A group and how many members have joined it and not left. */
  private record Entry(Group group, int members) {
    Entry more(int members) {
      return this.members + members == 0 ? null : new Entry(group, this.members + members);
    }
  }

  /** Joins a group, which is opened for its first member and gone after its last. */
  Member join(
      GroupId id, Placement placement, int process, int host, int maxValues, Patience patience) {
    Entry entry =
        open.compute(
            id,
            (unused, old) ->
                old == null
                    ? new Entry(new Group(id, placement, process, maxValues), 1)
                    : old.more(1));
    Runnable leaving = () -> open.computeIfPresent(id, (unused, old) -> old.more(-1));
    return new Member(entry.group(), host, patience, leaving);
  }

  /** All that are open. */
  List<Group> all() {
    return open.values().stream().map(Entry::group).toList();
  }

  /**
   * The group that a message is for.
   *
   * @throws IllegalArgumentException if it is not open here
   */
  Group find(GroupId id) {
    Entry entry = open.get(id);
    if (entry == null) {
      throw new IllegalArgumentException("no such group here, or not any more");
    }
    return entry.group();
  }
}
