package dev.lockstep.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A TCP socket on which a process listens, as Linux tells of it in {@code /proc}. */
record Listening(String address, int port) {
  private static final String LISTEN = "0A";

  /** All of a process. */
  static List<Listening> of(ProcessHandle process) {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    try {
      Set<String> own = sockets(proc);
      List<Listening> listening = new ArrayList<>();
      for (String family : List.of("net/tcp", "net/tcp6")) {
        for (String line : Files.readAllLines(proc.resolve(family))) {
          String[] fields = line.strip().split(" +");
          if (fields[3].equals(LISTEN) && own.contains("socket:[%s]".formatted(fields[9]))) {
            listening.add(parse(fields[1]));
          }
        }
      }
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> sockets(Path proc) throws IOException {
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return files.map(Listening::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** Such as {@code 0100007F:1F90}: words in the machine's order, and the port. */
  private static Listening parse(String text) throws IOException {
    String[] parts = text.split(":");
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(parts[0]));
    ByteBuffer address = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      address.putInt(words.getInt());
    }
    return new Listening(
        InetAddress.getByAddress(address.array()).getHostAddress(), Integer.parseInt(parts[1], 16));
  }
}
