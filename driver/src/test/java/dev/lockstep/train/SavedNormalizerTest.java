package dev.lockstep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.Normaliser;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.file.StoredNormalizer;
import dev.lockstep.models.file.StoredNormalizer.Scaling;
import java.nio.file.Path;
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
    assertThatThrownBy(
            () ->
                SavedNormalizer.normalisation(
                    new StoredNormalizer("STANDARDIZE", plain, Optional.of(plain)), MODEL))
        .isInstanceOf(ModelError.class)
        .hasMessageContaining("model.zip: normalizer.bin scales labels as well");
    Scaling flat = new Scaling(new float[1], new float[] {1}, 0, 2);
    assertThatThrownBy(
            () ->
                SavedNormalizer.normalisation(
                    new StoredNormalizer("MIN_MAX", flat, Optional.empty()), MODEL))
        .hasMessageContaining("makes 2.0 of every feature");
  }
}
