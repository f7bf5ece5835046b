package dev.lockstep.tests;

import dev.lockstep.cli.Main;
import dev.lockstep.data.SparkExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line run inside this process.
 *
 * @param exitCode its status
 * @param out what it told but for how far it was
 */
record CommandLine(int exitCode, String out, String err) {
  /** What commands say that have said nothing for seconds: on a slow machine, any of them. */
  private static final Pattern PROGRESS =
      Pattern.compile(
          "(?m)^(?:.* (?:tasks|examples|[\\d,]+/s|MB/s)  [\\d:]+ left"
              + "|\\{\"event\":\"(?:tasks|progress|fetching|reading)\",.*)\\R");

  static CommandLine run(String... args) {
    SparkExtension.stop();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new CommandLine(exitCode, withoutProgress(out.toString()), err.toString());
  }

  /** Words of a command line and more of them. */
  static String[] with(String[] first, String... then) {
    return Stream.of(first, then).flatMap(Stream::of).toArray(String[]::new);
  }

  /** What a command has told without how far it was. */
  static String withoutProgress(String out) {
    return PROGRESS.matcher(out).replaceAll("");
  }
}
