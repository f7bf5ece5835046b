package dev.lockstep.collective;

import dev.lockstep.spark.Desk;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where, in the driver, the processes of a group tell each other their addresses: each asks with
 * its own, and is answered with all when all have asked.
 */
public final class Rendezvous implements AutoCloseable {
  private final Desk<Question, String[]> desk = new Desk<>(this::asked);
  private final Map<GroupId, Waiting> meetings = new HashMap<>();

  /** What a process tells of itself. */
  record Question(GroupId group, int processes, int process, String address)
      implements Serializable {}

  /** Processes of a group that have asked. */
  private record Waiting(String[] addresses, Map<Integer, Consumer<String[]>> callers) {}

  /** By which processes find it. */
  public String name() {
    return desk.name();
  }

  private void asked(Question question, Consumer<String[]> answer) {
    Waiting meeting =
        meetings.computeIfAbsent(
            question.group(),
            unused -> new Waiting(new String[question.processes()], new HashMap<>()));
    meeting.addresses()[question.process()] = question.address();
    meeting.callers().put(question.process(), answer);
    if (meeting.callers().size() == question.processes()) {
      meetings.remove(question.group());
      meeting.callers().values().forEach(each -> each.accept(meeting.addresses()));
    }
  }

  @Override
  public void close() {
    desk.close();
  }
}
