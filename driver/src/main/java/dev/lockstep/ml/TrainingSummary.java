package dev.lockstep.ml;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.models.ModelError;
import dev.lockstep.train.RunResult.Ending;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * How a model was trained, and what with: enough to train it again. It is saved with the model.
 *
 * @param losses of training, one an epoch
 * @param validations in their order; none where there were no rows to validate on
 * @param modelSteps after how many minibatches, over all workers, the model was taken: where
 *     patience was set, the best one
 * @param steps minibatches trained, over all workers
 * @param epochs whole epochs trained
 * @param examples trained, counting each as often as it was; of a fit that went on after an
 *     interruption, since then
 * @param seconds of training, with checkpoints and validation; likewise
 * @param secondsOf where they went: launch, data, compute, combine, waiting; likewise
 * @param ending COMPLETE, or EARLY where patience was at its end
 * @param rows how many were trained on
 * @param dataHash of these rows in whatever order, as {@code lockstep inspect} gives it
 * @param settings values of all parameters by name, as JSON, and versions
 */
public record TrainingSummary(
    List<Loss> losses,
    List<Validation> validations,
    long modelSteps,
    long steps,
    int epochs,
    long examples,
    double seconds,
    Map<String, Double> secondsOf,
    Ending ending,
    long rows,
    String dataHash,
    Map<String, String> settings)
    implements Serializable {
  /** The entry of a model file. */
  static final String ENTRY = "summary.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * A loss of training.
   *
   * @param steps minibatches trained before, over all workers
   * @param loss of the last round's minibatches, before their updates: the mean over examples
   */
  public record Loss(long steps, int epoch, double loss) implements Serializable {}

  /**
   * A look at rows that were not trained.
   *
   * @param loss the mean over rows
   * @param accuracy from 0 to 1, of several labels of a row the share of rows of which all were
   *     right; NaN for a regression
   */
  public record Validation(long steps, int epoch, double loss, double accuracy)
      implements Serializable {}

  /** All of it as JSON, for other languages. */
  public String toJson() {
    return new String(json(), StandardCharsets.UTF_8);
  }

  byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new IllegalStateException("a summary is always valid JSON", e);
    }
  }

  static TrainingSummary of(byte[] json, String path) {
    try {
      return JSON.readValue(json, TrainingSummary.class);
    } catch (IOException e) {
      throw new ModelError("%s: %s: %s".formatted(path, ENTRY, e.getMessage()), e);
    }
  }
}
