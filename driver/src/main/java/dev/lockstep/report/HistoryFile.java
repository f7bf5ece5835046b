package dev.lockstep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.models.file.CheckpointFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's history, one JSON object a line.
 *
 * @param folder of the run's checkpoints
 */
record HistoryFile(CheckpointFolder folder) {
  private static final String NAME = "history.jsonl";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Makes what was written after a step void, and gives the rest; all of it at step 0. */
  List<HistoryEntry> restart(long step) throws IOException {
    if (step == 0) {
      folder.delete(NAME);
    }
    if (!folder.names().contains(NAME)) {
      return List.of();
    }
    List<HistoryEntry> kept = read().stream().filter(entry -> entry.step() <= step).toList();
    write(kept);
    return kept;
  }

  /** Up to the first line that is not whole, as older versions left it in a process that ended. */
  private List<HistoryEntry> read() throws IOException {
    List<HistoryEntry> entries = new ArrayList<>();
    for (String line : new String(folder.read(NAME), StandardCharsets.UTF_8).split("\n")) {
      try {
        entries.add(JSON.readValue(line, HistoryEntry.class));
      } catch (JsonProcessingException e) {
        break;
      }
    }
    return entries;
  }

  /** Of these, the checkpoints whose files are still there; all where that cannot be found out. */
  List<HistoryEntry.Saved> present(List<HistoryEntry.Saved> checkpoints) {
    try {
      List<String> names = folder.names();
      return checkpoints.stream().filter(saved -> names.contains(saved.name())).toList();
    } catch (IOException e) {
      return checkpoints;
    }
  }

  void write(List<HistoryEntry> entries) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (HistoryEntry entry : entries) {
      lines.append(JSON.writeValueAsString(entry)).append('\n');
    }
    folder.write(NAME, lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** As users name it. */
  String location() {
    return folder.location(NAME);
  }
}
