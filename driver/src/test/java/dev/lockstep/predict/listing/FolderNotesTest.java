package dev.lockstep.predict.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders named by numbers, where classes have names. */
class FolderNotesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "daisy,rose,tulip|2|2 is tulip",
        "daisy,rose,tulip|1,2|1 is rose, and so on",
        "daisy,rose,tulip|daisy,0|0 is daisy",
        "daisy,rose,tulip|daisy,rose,tulip|",
        "daisy,rose,tulip|3,17|",
        "daisy,rose,tulip|test|",
        "0,1,2|2,1|",
        "1,2,3|2,1|",
        "1,two,3|0|0 is 1"
      })
  void are_noted_where_a_class_is_meant_by_its_number(
      String classes, String folders, String expected) throws IOException {
    for (String name : folders.split(",")) {
      Files.createDirectories(folder.resolve(name));
    }
    Optional<String> note =
        Labels.ofFolders(List.of(folder.toString()), List.of(classes.split(",")))
            .note(new Configuration());
    assertThat(note)
        .isEqualTo(
            Optional.ofNullable(expected)
                .map(
                    end ->
                        "folders named by numbers are taken for the classes of these numbers: "
                            + end));
  }
}
