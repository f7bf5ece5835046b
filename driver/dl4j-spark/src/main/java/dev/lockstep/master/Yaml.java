package dev.lockstep.master;

import java.util.Map;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.dataformat.yaml.YAMLMapper;

/** Plain values as YAML, by the mapper that DL4J brings. */
final class Yaml {
  private Yaml() {}

  static String write(Map<String, Object> values) {
    try {
      return new YAMLMapper().writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can be written", e);
    }
  }

  /**
   * @throws IllegalArgumentException if it is no YAML, or not of named values
   */
  static Map<String, Object> read(String yaml) {
    try {
      return new YAMLMapper().readValue(yaml, new TypeReference<Map<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a training master: " + e.getOriginalMessage(), e);
    }
  }
}
