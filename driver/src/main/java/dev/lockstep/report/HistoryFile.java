package dev.lockstep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.models.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A run's history on disk, one JSON object a line. */
record HistoryFile(Path file) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Makes what was written after a step void, and gives the rest; all of it at step 0. */
  List<HistoryEntry> restart(long step) throws IOException {
    if (step == 0) {
      Files.deleteIfExists(file);
    }
    if (!Files.exists(file)) {
      return List.of();
    }
    List<HistoryEntry> kept = read().stream().filter(entry -> entry.step() <= step).toList();
    AtomicFile.write(file, lines(kept));
    return kept;
  }

  /** Up to the first line that is not whole, as a process may end while it writes. */
  private List<HistoryEntry> read() throws IOException {
    List<HistoryEntry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        entries.add(JSON.readValue(line, HistoryEntry.class));
      } catch (JsonProcessingException e) {
        break;
      }
    }
    return entries;
  }

  /** Whether a file that an entry names is still there. */
  boolean has(HistoryEntry.Saved checkpoint) {
    return Files.exists(file.resolveSibling(checkpoint.name()));
  }

  void append(List<HistoryEntry> entries) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines(entries), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static byte[] lines(List<HistoryEntry> entries) throws JsonProcessingException {
    StringBuilder lines = new StringBuilder();
    for (HistoryEntry entry : entries) {
      lines.append(JSON.writeValueAsString(entry)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
