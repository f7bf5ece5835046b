package dev.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.provider.Arguments;

/** Tables of data that must not be taken, and of what users are told. */
public final class Malformed {
  private Malformed() {}

  /** Makes the data. */
  public interface Writer {
    void write(Path folder) throws IOException;
  }

  /**
   * A line of a table.
   *
   * @param name what is wrong
   * @param data within the folder
   * @param change what else is said of the data, with {@code FOLDER} for the folder
   * @param message the whole line that a user sees, with {@code FOLDER} for the folder
   */
  public record Case(
      String name, Writer writer, String data, UnaryOperator<DataLocation> change, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  public static Arguments row(
      String name, Writer writer, String data, UnaryOperator<DataLocation> change, String message) {
    return Arguments.of(new Case(name, writer, data, change, message));
  }

  /** Writes, opens and reads the data. */
  public static void expectMessage(Case malformed, Path folder) throws IOException {
    malformed.writer().write(folder);
    DataLocation location =
        malformed.change().apply(DataLocation.of(folder.resolve(malformed.data()).toString()));
    DataLocation resolved =
        location
            .labels()
            .map(l -> location.withLabels(l.replace("FOLDER", folder.toString())))
            .orElse(location);

    assertThatThrownBy(
            () -> {
              DataSource source = DataSources.open(SparkExtension.context(), resolved);
              source.scan(SparkExtension.context()).count();
            })
        .satisfies(
            thrown ->
                assertThat(dataError(thrown))
                    .isEqualTo(malformed.message().replace("FOLDER", folder.toString())));
  }

  /** As the command line finds it. */
  private static String dataError(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataError) {
        return cause.getMessage();
      }
    }
    throw new AssertionError("expected a DataError", thrown);
  }

  /** Writes a file, and folders for it where they are missing. */
  public static void write(Path folder, String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  public static void write(Path folder, String name, String content) throws IOException {
    write(folder, name, content.getBytes(StandardCharsets.UTF_8));
  }
}
