package dev.lockstep.data.recipe;

import dev.lockstep.data.ClassNumbers;
import dev.lockstep.data.recipe.ColumnRecipe.Kind;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is in a column, as far as one has seen it. The sum is exact, so that the mean does not
 * depend on which part was seen first.
 */
public final class ColumnSurvey implements Serializable {
  /** The most texts that are features. */
  public static final int MAX_TEXTS = 100;

  private long numbers;
  private long texts;
  private long missing;
  private BigDecimal sum = BigDecimal.ZERO;

  /** Numbers as texts among them; one more than the most if there are more. */
  private final Set<String> different = new HashSet<>();

  /**
   * Takes in a number.
   *
   * @param text as it is written, should it turn out to be one of a column of texts
   */
  public void addNumber(float number, String text) {
    numbers++;
    sum = sum.add(new BigDecimal(number));
    remember(text);
  }

  /** Takes in a text. */
  public void addText(String text) {
    texts++;
    remember(text);
  }

  /** Takes in a missing value. */
  public void addMissing() {
    missing++;
  }

  private void remember(String text) {
    if (different.size() <= MAX_TEXTS) {
      different.add(text);
    }
  }

  /** This, with what another has seen. */
  public ColumnSurvey plus(ColumnSurvey other) {
    numbers += other.numbers;
    texts += other.texts;
    missing += other.missing;
    sum = sum.add(other.sum);
    other.different.forEach(this::remember);
    return this;
  }

  /** Whether it is to be taken for texts: most of its values are no numbers. */
  private boolean ofTexts() {
    return texts > numbers;
  }

  /** How the column becomes features; empty if it can become none. */
  public Optional<ColumnRecipe> recipe(String name) {
    if (refusal().isPresent()) {
      return Optional.empty();
    }
    if (!ofTexts()) {
      float mean =
          missing == 0
              ? 0
              : sum.divide(BigDecimal.valueOf(numbers), MathContext.DECIMAL64).floatValue();
      return Optional.of(new ColumnRecipe(name, Kind.NUMBERS, mean, missing > 0, List.of(), 1));
    }
    Set<String> all = new HashSet<>(different);
    if (missing > 0) {
      all.add(ColumnRecipe.MISSING);
    }
    return Optional.of(
        new ColumnRecipe(
            name, Kind.TEXTS, 0, false, ClassNumbers.of(Optional.empty(), all).names(), 1));
  }

  /** Why it can become no features, if so. */
  public Optional<String> refusal() {
    if (numbers + texts == 0) {
      return Optional.of("no row has a value");
    }
    return ofTexts() && different.size() > MAX_TEXTS
        ? Optional.of("more than %d different texts".formatted(MAX_TEXTS))
        : Optional.empty();
  }
}
