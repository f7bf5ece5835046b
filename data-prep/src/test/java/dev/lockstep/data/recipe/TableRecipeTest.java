package dev.lockstep.data.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.data.DataError;
import dev.lockstep.data.recipe.TableRecipe.Made;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TableRecipeTest {
  /** A survey of a column; null is missing. */
  private static ColumnSurvey survey(Object... values) {
    ColumnSurvey survey = new ColumnSurvey();
    for (Object value : values) {
      if (value instanceof Number number) {
        survey.addNumber(number.floatValue(), number.toString());
      } else if (value == null) {
        survey.addMissing();
      } else {
        survey.addText(value.toString());
      }
    }
    return survey;
  }

  private static float[] features(TableRecipe recipe, Object... row) throws UnusableValue {
    float[] features = new float[recipe.width()];
    Arrays.fill(features, 7);
    recipe.put(
        new TableRecipe.RowValues() {
          @Override
          public float number(int column) throws UnusableValue {
            if (row[column] instanceof String text) {
              throw TableRecipe.notANumber(text);
            }
            return row[column] == null ? Float.NaN : ((Number) row[column]).floatValue();
          }

          @Override
          public String text(int column) {
            return row[column] == null ? null : row[column].toString();
          }
        },
        features,
        0);
    return features;
  }

  private static Made passengers() {
    return TableRecipe.of(
        List.of("age", "sex", "deck", "name", "cabin"),
        List.of(
            survey(20, null, 40),
            survey("male", "female", "male"),
            survey("C", "D", 3, null),
            survey((Object[]) names(101)),
            survey(null, null, null)),
        "ship.csv");
  }

  private static String[] names(int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "passenger " + i;
    }
    return names;
  }

  @Test
  void numbers_have_their_mean_for_a_gap_and_texts_a_feature_each() throws UnusableValue {
    TableRecipe recipe =
        TableRecipe.of(
                List.of("age", "sex"),
                List.of(survey(20, null, 40), survey("male", "female", "male")),
                "t")
            .recipe();

    assertThat(recipe.features()).containsExactly("age", "age missing", "sex=female", "sex=male");
    assertThat(features(recipe, 5, "male")).containsExactly(5, 0, 0, 1);
    assertThat(features(recipe, null, "female")).containsExactly(30, 1, 1, 0);
    assertThat(features(recipe, 5, "other")).containsExactly(5, 0, 0, 0);
    assertThat(features(recipe, 5, null)).containsExactly(5, 0, 0, 0);
  }

  @Test
  void a_missing_text_is_one_of_its_own_where_training_had_such() throws UnusableValue {
    TableRecipe recipe =
        TableRecipe.of(List.of("deck"), List.of(survey("C", "A", null)), "t").recipe();

    assertThat(recipe.features()).containsExactly("deck missing", "deck=A", "deck=C");
    assertThat(features(recipe, (Object) null)).containsExactly(1, 0, 0);
  }

  @Test
  void columns_of_no_use_are_left_out_and_told() {
    assertThat(passengers().recipe().names()).containsExactly("age", "sex", "deck");
    assertThat(passengers().notes())
        .containsExactly(
            "ship.csv: column name is left out: more than 100 different texts",
            "ship.csv: column cabin is left out: no row has a value");
    assertThatThrownBy(() -> TableRecipe.of(List.of("a"), List.of(survey()), "t"))
        .isInstanceOf(DataError.class)
        .hasMessage("t: no column can be used: a: no row has a value");
  }

  @Test
  void what_is_no_number_in_a_column_of_numbers_names_it() {
    TableRecipe plain = TableRecipe.of(List.of("n"), List.of(survey(1, 2, "x")), "t").recipe();

    assertThat(plain.isPlain()).isTrue();
    assertThatThrownBy(() -> features(plain, "x"))
        .hasMessage("column n: expected a number, found 'x'");
    assertThatThrownBy(() -> features(plain, (Object) null))
        .hasMessage("column n: expected a number, found none, as in none of the training data");
    assertThatThrownBy(() -> features(plain, Float.POSITIVE_INFINITY))
        .hasMessage("column n: expected a number within float32, found Infinity");
  }

  @Test
  void it_is_the_same_after_json() throws Exception {
    JsonMapper json = JsonMapper.builder().build();
    TableRecipe recipe = passengers().recipe();

    assertThat(json.readValue(json.writeValueAsBytes(recipe), TableRecipe.class)).isEqualTo(recipe);
  }

  @Property(tries = 100)
  void the_mean_does_not_depend_on_the_order_nor_on_the_parts(
      @ForAll @Size(min = 1, max = 40) List<@FloatRange(min = -1e30f, max = 1e30f) Float> values) {
    List<Float> shuffled = new ArrayList<>(values);
    Collections.reverse(shuffled);
    ColumnSurvey whole = survey(new Object[] {null}).plus(survey(values.toArray()));
    ColumnSurvey parts = survey(new Object[] {null});
    for (Float value : shuffled) {
      parts = survey(value).plus(parts);
    }

    assertThat(parts.recipe("a")).isEqualTo(whole.recipe("a"));
  }
}
