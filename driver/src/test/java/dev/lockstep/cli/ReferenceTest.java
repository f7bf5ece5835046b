package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.models.network.ExampleNetwork;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  @Test
  void the_reference_in_the_docs_is_that_of_the_code() throws Exception {
    StringWriter out = new StringWriter();

    Main.run(new PrintWriter(out), new PrintWriter(System.err), "reference");

    assertThat(Path.of("docs", "REFERENCE.md"))
        .as("after a change of options: ./lockstep reference > driver/docs/REFERENCE.md")
        .hasContent(out.toString());
    assertThat(Files.size(Path.of("docs", "REFERENCE.md"))).isPositive();
  }

  @Test
  void the_help_lists_every_network_that_has_a_name() {
    StringWriter out = new StringWriter();

    Main.run(new PrintWriter(out), new PrintWriter(System.err), "train", "custom", "--help");

    assertThat(out.toString()).contains(ExampleNetwork.names());
  }
}
