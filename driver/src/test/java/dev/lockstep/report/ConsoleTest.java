package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.report.Console.Style;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final StringWriter out = new StringWriter();

  @Test
  void people_get_lines() {
    Console console = console(Style.LINES);
    console.progress("display", Map.of("step", 1), "step 1");
    console.result("saved", Map.of("file", "m.zip"), "saved m.zip");

    assertThat(out.toString().lines()).containsExactly("step 1", "saved m.zip");
  }

  @Test
  void quiet_leaves_results() {
    Console console = console(Style.QUIET);
    console.progress("display", Map.of("step", 1), "step 1");
    console.result("saved", Map.of("file", "m.zip"), "saved m.zip");

    assertThat(out.toString().lines()).containsExactly("saved m.zip");
  }

  @Test
  void machines_get_one_object_a_line() throws Exception {
    Console console = console(Style.JSON);
    console.progress("display", Map.of("step", 1, "loss", Double.NaN), "two\nlines");

    JsonNode object = JsonMapper.builder().build().readTree(out.toString());
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(object.get("event").asText()).isEqualTo("display");
    assertThat(Instant.parse(object.get("time").asText())).isBefore(Instant.now().plusSeconds(1));
    assertThat(object.get("step").asInt()).isEqualTo(1);
    assertThat(object.get("loss").asText()).isEqualTo("NaN");
  }

  private Console console(Style style) {
    return new Console(new PrintWriter(out, true), style, Terminal.PLAIN);
  }
}
