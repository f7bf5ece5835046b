package dev.lockstep.data.csv;

import static dev.lockstep.data.Malformed.row;
import static dev.lockstep.data.Malformed.write;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Task;
import dev.lockstep.data.IdxFiles;
import dev.lockstep.data.Malformed;
import dev.lockstep.data.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class MalformedCsvTest {
  private static final UnaryOperator<DataLocation> PLAIN = UnaryOperator.identity();

  @TempDir private Path folder;

  private static Arguments csv(String name, String content, String message) {
    return csv(name, content, PLAIN, message);
  }

  private static Arguments csv(
      String name, String content, UnaryOperator<DataLocation> change, String message) {
    return csv(name, content.getBytes(StandardCharsets.UTF_8), change, message);
  }

  private static Arguments csv(
      String name, byte[] content, UnaryOperator<DataLocation> change, String message) {
    return row(
        name,
        folder -> write(folder, "t.csv", content),
        "t.csv",
        change,
        "FOLDER/t.csv: " + message);
  }

  static Stream<Arguments> columns() {
    return Stream.of(
        csv(
            "no column for the label",
            "1,2\n3,4\n",
            "line 1: expected one column called label, class, target or y, found none: say by"
                + " --labels which column it is (its name, or its number from 1)"),
        csv(
            "two columns for the label",
            "a,label,y\n1,2,3\n",
            "line 1: expected one column called label, class, target or y, found 2: say by"
                + " --labels which column it is (its name, or its number from 1)"),
        csv(
            "unknown column",
            "a,b\n1,2\n",
            location -> location.withLabels("c"),
            "line 1: expected a column 'c', found a, b"),
        csv(
            "column number beyond the last",
            "1,2\n",
            location -> location.withLabels("3"),
            "line 1: expected a column '3', found 2 columns without names"),
        csv(
            "columns of one name",
            "a,a,label\n1,2,3\n",
            "line 1: expected columns with different names, found a, a, label"),
        csv("labels only", "label\n1\n", "line 1: expected columns beside the label, found none"),
        csv(
            "classes in two columns",
            "a,b,c\n1,0,1\n",
            location -> location.withLabels("b,c").withTask(Task.CLASSIFICATION),
            "expected one column with the class, found 2"),
        csv(
            "no value in the label column",
            "a,label\n1,\n2,\n",
            location -> location.withTask(Task.CLASSIFICATION),
            "column 2 (label): expected labels, found none"),
        csv("names of columns only", "a,label\n\n", "expected rows of numbers, found none"),
        csv("blank lines only", "\n \n", "expected rows, found none"));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        csv(
            "text for a number",
            "a,label\n1,0\n\nx,1\n",
            "line 4: column 1 (a): expected a number, found 'x'"),
        csv(
            "text for a number, without names",
            "1,0\nx,1\n",
            location -> location.withLabels("2"),
            "line 2: column 1: expected a number, found 'x'"),
        csv(
            "a number as in Java sources",
            "a,label\n1f,0\n1,1\n",
            "line 2: column 1 (a): expected a number, found '1f'"),
        csv(
            "a number beyond float32",
            "a,label\n1e39,0\n1,1\n",
            "line 2: column 1 (a): expected a number, found '1e39'"),
        csv(
            "no value in any feature",
            "a,label\n,0\nNA,1\n",
            "no column can be used: a: no row has a value"),
        csv("too few values", "a,b,label\n1,0\n", "line 2: expected 3 values, found 2"),
        csv("too many values", "a,label\n1,0,\n", "line 2: expected 2 values, found 3"),
        csv(
            "missing target",
            "a,y\n1,0.5\n2,\n",
            "line 3: column 2 (y): expected a number, found ''"),
        csv(
            "missing class",
            "a,label\n1,0\n2,1\n3,\n",
            "line 4: expected a class (0, 1), found ''"),
        csv(
            "a class that the model does not know",
            "a,label\n1,cat\n2,cow\n",
            location -> location.withClassNames(List.of("cat", "dog")),
            "line 3: expected a class (cat, dog), found 'cow'"),
        csv(
            "a class that is not UTF-8",
            new byte[] {'y', ',', 'a', '\n', (byte) 0xe9, ',', '1', '\n'},
            PLAIN,
            "line 2: expected UTF-8, found '\ufffd'"),
        csv(
            "too many classes",
            IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "c" + i + ",1")
                .collect(Collectors.joining("\n", "y,a\n", "")),
            "column 1 (y): expected at most 10000 classes, found more"),
        csv(
            "a quote without end",
            "a,label\n\"1,0\n2,1\n",
            "line 2: expected the quote that begins here to end, found none"),
        csv(
            "truncated gzip file",
            Arrays.copyOf(
                IdxFiles.gzip("a,label\n1,0\n2,1\n".getBytes(StandardCharsets.UTF_8)), 28),
            PLAIN,
            "truncated gzip data"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"columns", "values"})
  void malformed_tables_get_their_message(Malformed.Case malformed) throws IOException {
    Malformed.expectMessage(malformed, folder);
  }
}
