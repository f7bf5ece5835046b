package dev.lockstep.doctor;

import java.io.Serializable;

/**
 * A place that a job is to use.
 *
 * @param name what the user calls it, such as an option
 * @param path on any Hadoop file system
 */
public record JobPath(String name, String path, Use use) implements Serializable {

  /** What happens there. */
  public enum Use {
    /** Executors read what is there. */
    READ,
    /** Executors write, so that all of them and the driver must see the same there. */
    WRITE,
    /** The driver writes, on a file system of its own if it likes. */
    WRITE_BY_DRIVER
  }

  /** A place that executors read. */
  public static JobPath read(String name, String path) {
    return new JobPath(name, path, Use.READ);
  }

  /** A place that executors write to. */
  public static JobPath written(String name, String path) {
    return new JobPath(name, path, Use.WRITE);
  }

  /** A place that the driver alone writes to. */
  public static JobPath writtenByDriver(String name, String path) {
    return new JobPath(name, path, Use.WRITE_BY_DRIVER);
  }
}
