package dev.lockstep.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.RisingColumns;
import dev.lockstep.data.SparkExtension;
import dev.lockstep.data.open.DataSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class RisingColumnsTest {
  private static final int ROWS = 12;

  @TempDir private Path folder;

  /** A column of a table. */
  record Column(String name, IntFunction<String> value) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Column column(String name, IntFunction<String> value) {
    return new Column(name, value);
  }

  static Stream<Column> indexes() {
    return Stream.of(
        column("from 0", i -> "" + i),
        column("from 1", i -> "" + (i + 1)),
        column("with gaps", i -> "" + (7 * i + i % 3)),
        column("from below 0", i -> "" + (i - 5)),
        column("large", i -> "" + (9_000_000_000L + i)));
  }

  static Stream<Column> others() {
    return Stream.of(
        column("real numbers that rise", i -> i + ".5"),
        column("whole numbers that stay", i -> "" + i / 2),
        column("whole numbers that fall", i -> "" + -i),
        column("shuffled", i -> "" + i * 5 % ROWS),
        column("all alike", i -> "3"));
  }

  private List<String> notes(int rows, Column column) throws IOException {
    Path file = folder.resolve("table.csv");
    Files.writeString(
        file,
        IntStream.range(0, rows)
            .mapToObj(i -> "0.%d,%s,%d%n".formatted(i * 7 % 10, column.value().apply(i), i % 2))
            .collect(Collectors.joining("", "x,n,label%n".formatted(), "")));
    return DataSources.open(SparkExtension.context(), DataLocation.of(file.toString())).notes();
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void a_column_like_an_index_is_noted(Column column) throws IOException {
    assertThat(notes(ROWS, column))
        .containsExactly(
            "column 2 (n) looks like an index, whole numbers that rise from row to row: if it is"
                + " one, leave it out by --ignore-columns n");
  }

  @ParameterizedTest
  @MethodSource("others")
  void other_columns_are_not(Column column) throws IOException {
    assertThat(notes(ROWS, column)).isEmpty();
  }

  @Test
  void nor_are_a_few_rows_that_rise_by_chance() throws IOException {
    assertThat(notes(9, column("from 0", i -> "" + i))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource({"indexes", "others"})
  void where_blocks_are_cut_does_not_matter(Column column) {
    for (int cut = 0; cut <= ROWS; cut++) {
      assertThat(survey(column, 0, cut).plus(survey(column, cut, ROWS)).positions())
          .isEqualTo(survey(column, 0, ROWS).positions());
    }
  }

  private static RisingColumns survey(Column column, int from, int to) {
    RisingColumns rising = new RisingColumns(1);
    IntStream.range(from, to).forEach(i -> rising.add(new String[] {column.value().apply(i)}));
    return rising;
  }
}
