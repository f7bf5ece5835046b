package dev.lockstep.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.IdxFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.hadoop.conf.Configuration;

class CsvLinesProperties {

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings().withChars("a,é\n\r ").ofMaxLength(40);
  }

  @Property(tries = 500)
  void blocks_of_any_length_have_each_line_once_with_its_number(
      @ForAll @From("text") String text, @ForAll @IntRange(min = 1, max = 12) int length)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Path file = Files.createTempFile("lines", ".csv");
    try {
      IdxFiles.write(file, content);
      List<String> found = new ArrayList<>();
      long before = 0;
      for (CsvBlock block : CsvBlock.split(file.toString(), content.length, length).toList()) {
        before = read(block.after(0, before), found);
      }
      List<String> expected = new ArrayList<>();
      String[] lines = text.split("\r\n|\r|\n", -1);
      for (int i = 0; i < lines.length; i++) {
        if (!lines[i].isBlank()) {
          expected.add(i + 1 + ":" + lines[i]);
        }
      }
      assertThat(found).isEqualTo(expected);
    } finally {
      Files.delete(file);
    }
  }

  private static long read(CsvBlock block, List<String> found) {
    try (CsvLines lines = new CsvLines(block, ',', null, new Configuration(false))) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        found.add(lines.rowBegan() + ":" + line.get());
      }
      return lines.lines();
    }
  }
}
