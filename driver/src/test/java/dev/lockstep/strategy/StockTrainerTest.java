package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("each-line")
class StockTrainerTest {

  /** As in this module's tests, which know nothing of DL4J's Spark layer. */
  @Test
  void without_its_jar_dl4js_trainer_is_refused_in_a_line_that_says_where_it_is() {
    StrategySettings settings =
        new StrategySettings(StrategyName.DL4J, 5, 0, OuterSettings.NONE, UpdaterState.AVERAGED);

    assertThatThrownBy(() -> settings.strategy(OptionalInt.of(2), setting -> "--" + setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--strategy dl4j: DL4J's own trainer is in lockstep-dl4j-spark.jar, of Spark 3.5 only,"
                + " which is not on the class path: give it to spark-submit with --jars");
  }
}
