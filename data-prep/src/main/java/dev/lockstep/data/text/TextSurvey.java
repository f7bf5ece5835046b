package dev.lockstep.data.text;

import dev.lockstep.data.DataFiles;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What is in a block.
 *
 * @param characters how many
 * @param counts how often each is there
 */
record TextSurvey(long characters, Map<Integer, Long> counts) implements Serializable {

  /** Reads a block. */
  static TextSurvey of(TextBlock block, Configuration hadoop) {
    Map<Integer, Long> counts = new HashMap<>();
    long characters = 0;
    try (Utf8Text text = block.open(hadoop)) {
      while (text.at() < block.to()) {
        int character = text.next();
        if (character == Utf8Text.END) {
          break;
        }
        counts.merge(character, 1L, Long::sum);
        characters++;
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(block.path(), e);
    }
    return new TextSurvey(characters, counts);
  }
}
