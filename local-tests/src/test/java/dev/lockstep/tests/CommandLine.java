package dev.lockstep.tests;

import dev.lockstep.cli.Main;
import dev.lockstep.data.SparkExtension;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command line run inside this process.
 *
 * @param exitCode its status
 */
record CommandLine(int exitCode, String out, String err) {

  static CommandLine run(String... args) {
    SparkExtension.stop();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new CommandLine(exitCode, out.toString(), err.toString());
  }
}
