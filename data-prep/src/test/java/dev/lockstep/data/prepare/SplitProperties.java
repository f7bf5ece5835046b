package dev.lockstep.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.data.DataError;
import dev.lockstep.data.prepare.Split.Stratification;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitProperties {

  @Property
  void each_beginning_of_a_stratum_is_divided_by_the_shares_to_less_than_an_example_and_a_half(
      @ForAll @IntRange(min = 1, max = 98) int first,
      @ForAll @IntRange(min = 1, max = 98) int second,
      @ForAll @IntRange(min = 1, max = 3000) int examples) {
    List<Double> shares =
        first + second < 100
            ? List.of(first / 100.0, second / 100.0, (100 - first - second) / 100.0)
            : List.of(first / 100.0, (100 - first) / 100.0);
    Split split = new Split(shares, Stratification.NONE);
    int[] counts = new int[shares.size()];

    for (int rank = 0; rank < examples; rank++) {
      counts[split.part(rank)]++;
      for (int part = 0; part < counts.length; part++) {
        assertThat(Math.abs(counts[part] - shares.get(part) * (rank + 1)))
            .as("part %d after %d of %s", part, rank + 1, shares)
            .isLessThan(1.5);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.8 | a split is of 2 or 3 positive shares that add up to 1, such as 0.8/0.1/0.1, not 0.8",
        "0.8/0.1 | a split is of 2 or 3 positive shares that add up to 1, such as 0.8/0.1/0.1, not"
            + " 0.8/0.1",
        "1.2/-0.2 | a split is of 2 or 3 positive shares that add up to 1, such as 0.8/0.1/0.1, not"
            + " 1.2/-0.2",
        "NaN/1 | a split is of 2 or 3 positive shares that add up to 1, such as 0.8/0.1/0.1, not"
            + " NaN/1.0",
        "80/20 | a split is of 2 or 3 positive shares that add up to 1, such as 0.8/0.1/0.1, not"
            + " 80.0/20.0",
        "half/half | a split is of shares, such as 0.8/0.1/0.1, not 'half/half'",
        "0.5/0.5/ | a split is of shares, such as 0.8/0.1/0.1, not '0.5/0.5/'"
      })
  void what_is_no_split_is_shown(String shares, String message) {
    assertThatThrownBy(() -> Split.parse(shares, Stratification.NONE))
        .isInstanceOf(DataError.class)
        .hasMessage(message);
  }
}
