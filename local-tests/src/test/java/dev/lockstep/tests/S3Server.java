package dev.lockstep.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object store that speaks S3, as a process of its own on loopback: Adobe's S3Mock, which keeps
 * objects in a folder and asks nobody for credentials.
 */
final class S3Server implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("started on port\\(s\\) (\\d+)");

  private final Process process;
  private final int port;

  /**
   * Starts it; it answers when this returns.
   *
   * @param folder for its objects
   * @param bucket that there is
   */
  S3Server(Path folder, String bucket) throws IOException {
    Path built = Path.of(Product.TARGET).toAbsolutePath();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Djava.io.tmpdir=" + folder.getParent(),
            "-jar",
            built.resolve("s3mock.jar").toString(),
            "--spring.main.banner-mode=off",
            "--spring.main.sources=file:" + built.resolve("test-classes/s3-on-loopback.xml"),
            "--spring.main.allow-bean-definition-overriding=true",
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--server.ssl.enabled=false",
            "--com.adobe.testing.s3mock.domain.root=" + folder,
            "--com.adobe.testing.s3mock.domain.initialBuckets=" + bucket);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    process = builder.start();
    BufferedReader log = process.inputReader();
    port = port(log);
    Thread reading = new Thread(() -> readOn(log), "log of S3Mock");
    reading.setDaemon(true);
    reading.start();
  }

  private int port(BufferedReader log) throws IOException {
    StringBuilder told = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      told.append(line).append('\n');
      Matcher started = PORT.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
    }
    throw new AssertionError("S3Mock did not start:\n" + told);
  }

  /** Shows what it goes on to log among what the test logs. */
  private static void readOn(BufferedReader log) {
    try {
      log.transferTo(new OutputStreamWriter(System.out));
    } catch (IOException e) {
      // It has been stopped.
    }
  }

  /** What {@code fs.s3a.endpoint} is to be. */
  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
