package dev.lockstep.tests;

import dev.lockstep.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkUserAppException;

/**
 * A program that takes all memory that there is, on a thread beside a command. As Spark's threads
 * may, it has a stack trace printed while the process ends.
 */
final class Hungry {
  private static final int PIECE = 4 << 20;

  private Hungry() {}

  /** Ends by an OutOfMemoryError. */
  private static void eat() {
    List<long[]> eaten = new ArrayList<>();
    while (true) {
      eaten.add(new long[PIECE]);
    }
  }

  /**
   * Runs a command, and takes all memory once a file is there.
   *
   * @param args the file, and the command line
   */
  public static void main(String[] args) throws SparkUserAppException {
    besideOnce(Path.of(args[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(Thread::dumpStack));
    Main.main(Arrays.copyOfRange(args, 1, args.length));
  }

  /** Takes all memory of this process once a file is there. */
  static void besideOnce(Path file) {
    Thread beside =
        new Thread(
            () -> {
              while (!Files.exists(file)) {
                Pause.brief();
              }
              eat();
            });
    beside.setDaemon(true);
    beside.start();
  }
}
