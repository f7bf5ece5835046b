package dev.lockstep.collective;

import dev.lockstep.collective.Group.Link;
import dev.lockstep.spark.Wire;
import java.io.IOException;

/**
 * This process's end of the connections with others.
 *
 * @param groups whose messages are taken
 */
record Node(Wire wire, Groups groups) implements AutoCloseable {

  /** A link to another process for the messages of a group. */
  Link link(Group group, String address) {
    try {
      Wire.Line line = wire.connect(address);
      group.reliesOn(line.channel());
      return message -> line.send(message, cause -> group.fail("cannot send to " + address, cause));
    } catch (IOException e) {
      throw new CollectiveException("no connection to " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CollectiveException("stopped while connecting to " + address, e);
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
