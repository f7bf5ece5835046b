package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Normaliser;
import dev.lockstep.data.Schema;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.file.StoredNormalizer;
import dev.lockstep.models.file.StoredNormalizer.Scaling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SavedNormalizerTest {
  private static final Path MODEL = Path.of("model.zip");

  static Stream<StoredNormalizer> normalizers() {
    float[] centre = {1, -20, 0.5f};
    float[] width = {2, 5, 0.25f};
    return Stream.of(
        new StoredNormalizer("STANDARDIZE", new Scaling(centre, width, 1, 0), Optional.empty()),
        new StoredNormalizer("MIN_MAX", new Scaling(centre, width, 3, -1), Optional.empty()),
        new StoredNormalizer(
            "IMAGE_MIN_MAX", new Scaling(new float[1], new float[] {255}, 1, 0), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("normalizers")
  void gives_what_dl4j_gives(StoredNormalizer stored) {
    float[] rows = {3, 7, 200, -1, 0, 0.75f};
    float[] expected = rows.clone();
    stored.features().apply(expected, 2, 3);
    Normaliser ours = new Normaliser(SavedNormalizer.normalisation(stored, MODEL));
    float[] given = new float[rows.length];
    ours.apply(rows, 0, given, 0, 3);
    ours.apply(rows, 3, given, 1, 3);
    for (int i = 0; i < rows.length; i++) {
      assertThat(given[i]).isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
    }
  }

  @Test
  void what_cannot_be_done_is_a_line() {
    Scaling plain = new Scaling(new float[1], new float[] {1}, 1, 0);
    Scaling flat = new Scaling(new float[1], new float[] {1}, 0, 2);
    assertThatThrownBy(
            () ->
                SavedNormalizer.normalisation(
                    new StoredNormalizer("MIN_MAX", flat, Optional.empty()), MODEL))
        .isInstanceOf(ModelError.class)
        .hasMessageContaining("makes 2.0 of every feature");
    assertThatThrownBy(
            () ->
                SavedNormalizer.normalisation(
                    new StoredNormalizer("MIN_MAX", plain, Optional.of(flat)), MODEL))
        .isInstanceOf(ModelError.class)
        .hasMessageContaining("makes 2.0 of every label");
    Normalisation ofNumbers =
        SavedNormalizer.normalisation(
            new StoredNormalizer("MIN_MAX", plain, Optional.of(plain)), MODEL);
    assertThatThrownBy(() -> ofNumbers.expectFits(Schema.classification(List.of(1), 2)))
        .hasMessageContaining("scales labels as numbers, and the data has classes");
  }

  @ParameterizedTest
  @MethodSource("normalizers")
  void labels_that_it_scales_are_put_back(StoredNormalizer stored) {
    Scaling plain = new Scaling(new float[1], new float[] {1}, 1, 0);
    Normalisation normalisation =
        SavedNormalizer.normalisation(
            new StoredNormalizer(stored.kind(), plain, Optional.of(stored.features())), MODEL);
    int targets = stored.features().centre().length;
    float[] values = {3, 7, 200, -1, 0, 0.75f};
    float[] learnt = values.clone();
    stored.features().apply(learnt, values.length / targets, targets);
    normalisation.restoreTargets(learnt);
    for (int i = 0; i < values.length; i++) {
      assertThat(learnt[i]).isCloseTo(values[i], within(1e-4f * (1 + Math.abs(values[i]))));
    }
  }
}
