package dev.lockstep.report.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nd4j.shade.protobuf.ByteString;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.Summary;

/**
 * A file of {@code Event} messages (tensorflow/core/util/event.proto), which TensorBoard follows
 * while it grows.
 */
final class EventFile implements Closeable {
  private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\..*");

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int GRAPH_DEF = 4;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;

  private static final ByteString VERSION = ByteString.copyFromUtf8("brain.Event:2");
  private static final int SESSION_STATUS = 1;
  private static final int SESSION_START = 1;

  private final RecordFile file;

  private EventFile(RecordFile file) {
    this.file = file;
  }

  /**
   * Begins a file that readers take for the newest of its folder.
   *
   * @param folder made where it is missing
   */
  static EventFile create(Path folder) throws IOException {
    Files.createDirectories(folder);
    long second = Math.max(Instant.now().getEpochSecond(), newest(folder) + 1);
    String name = "events.out.tfevents.%010d.lockstep.v2".formatted(second);
    EventFile events = new EventFile(new RecordFile(folder.resolve(name)));
    events.write(now(), 0, FILE_VERSION, VERSION);
    return events;
  }

  /** Whether a folder has event files. */
  static boolean existIn(Path folder) throws IOException {
    return Files.isDirectory(folder) && newest(folder) >= 0;
  }

  /** The second in the name of the newest file, for that is the order they are read in; or -1. */
  private static long newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToLong(name -> Long.parseLong(name.group(1)))
          .max()
          .orElse(-1);
    }
  }

  /** Seconds since 1970. */
  static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  /** Says that what earlier files have from this step on is void. */
  void restart(double time, long step) throws IOException {
    write(
        time,
        step,
        SESSION_LOG,
        Protobuf.message(log -> log.writeEnum(SESSION_STATUS, SESSION_START)));
  }

  void graph(double time, GraphDef graph) throws IOException {
    write(time, 0, GRAPH_DEF, graph.toByteString());
  }

  void summary(double time, long step, List<Summary.Value> values) throws IOException {
    write(time, step, SUMMARY, Summary.newBuilder().addAllValue(values).build().toByteString());
  }

  private void write(double time, long step, int field, ByteString content) throws IOException {
    file.write(
        Protobuf.message(
                event -> {
                  event.writeDouble(WALL_TIME, time);
                  event.writeInt64(STEP, step);
                  event.writeBytes(field, content);
                })
            .toByteArray());
  }

  void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
