package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong on a machine, below our own code. */
class LibraryRefusalTest {
  private static final String FULL = "No space left on device";
  private static final String CACHE =
      "Could not create the cache: Set the \"org.bytedeco.javacpp.cachedir\" system property.";

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new UncheckedIOException(new IOException(FULL)), "the disk is full: " + FULL),
        Arguments.of(
            new IllegalStateException("writing", new IOException("/x/y: " + FULL)),
            "the disk is full: /x/y: " + FULL),
        Arguments.of(
            new ExceptionInInitializerError(
                new RuntimeException("ND4J is probably missing", new IOException(CACHE))),
            "no folder for native libraries: neither HOME ("),
        Arguments.of(
            new NoClassDefFoundError("Could not initialize class")
                .initCause(new IOException(CACHE)),
            "no folder for native libraries: neither HOME ("),
        Arguments.of(
            new RuntimeException(
                new ClassNotFoundException(
                    "Class org.apache.hadoop.fs.s3a.S3AFileSystem not found")),
            "org.apache.hadoop.fs.s3a.S3AFileSystem is needed for such paths, and there is no such"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void is_one_line(Throwable fault, String line) {
    StringWriter err = new StringWriter();
    int exitCode = Errors.report(fault, new PrintWriter(err, true), false);
    assertThat(err.toString()).startsWith("lockstep: " + line).hasLineCount(1);
    assertThat(exitCode).isEqualTo(ExitCode.USER_ERROR);
  }
}
