package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.ml.LockstepClassifier;
import dev.lockstep.ml.LockstepRegressor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * {@code lockstep train custom} and the estimators have the same settings, or it is said why not.
 */
class EstimatorOptionsTest {
  /** Options that are called otherwise, or are something else, in Spark ML. */
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("--network", "network, hiddenLayers or initialModel"),
          Map.entry("--data", "the table that is fitted"),
          Map.entry("--labels", "labelCol"),
          Map.entry("--weight-column", "weightCol"),
          Map.entry("--task", "LockstepClassifier or LockstepRegressor"),
          Map.entry("--input-columns", "featuresCols, of which each input takes one"),
          Map.entry("--ignore-columns", "featuresCols names those that are read"),
          Map.entry("--transposed", "tables have pictures as they are"),
          Map.entry(
              "--sequence-length",
              "a column holds no text of characters; networks of sequences by Training"),
          Map.entry("--decode", "pictures of rows are decoded once, as rows are read"),
          Map.entry("--size", "imageWidth and imageHeight"),
          Map.entry("--fit", "imageFit"),
          Map.entry("--invert", "imageInversion"),
          Map.entry("--channels", "imageChannels"),
          Map.entry("--mean", "normalise standardise, or Training.normalise"),
          Map.entry("--deviation", "normalise standardise, or Training.normalise"),
          Map.entry("--freeze", "FineTuning.apply gives the JSON of network"),
          Map.entry("--new-output", "FineTuning.apply gives the JSON of network"),
          Map.entry("--strict", "handleInvalid error"),
          Map.entry("--validation", "validationIndicatorCol or setValidationDataset"),
          Map.entry("--test", "transform and an evaluator of Spark's"),
          Map.entry("--averaging-schedule", "gradientEpochs"),
          Map.entry("--preset", "a name for values of other options"),
          Map.entry("--display-every", "progress shows each epoch"),
          Map.entry("--resume", "with checkpointDir, fit goes on by itself"),
          Map.entry("--no-plots", "there are none"),
          Map.entry("--no-report", "there is none: summary() has its figures"),
          Map.entry("--logdir", "tensorBoardDir"),
          Map.entry("--model-dir", "model.save, and checkpointDir"),
          Map.entry("--data-memory", "a setting of Spark's, which has started already"),
          Map.entry("--help", "explainParams()"),
          Map.entry("--version", "summary().settings()"));

  /** Parameters that are called otherwise, or are something else, on the command line. */
  private static final Map<String, String> PARAMS =
      Map.ofEntries(
          Map.entry("featuresCol", "all columns but the label"),
          Map.entry("featuresCols", "all columns but --ignore-columns"),
          Map.entry("labelCol", "--labels"),
          Map.entry("weightCol", "--weight-column"),
          Map.entry("idCol", "rows are numbered as files have them"),
          Map.entry("predictionCol", "lockstep predict names its columns"),
          Map.entry("probabilityCol", "lockstep predict names its columns"),
          Map.entry("rawPredictionCol", "lockstep predict names its columns"),
          Map.entry("predictedLabelCol", "lockstep predict names its columns"),
          Map.entry("thresholds", "lockstep predict gives probabilities"),
          Map.entry("reasonCol", "rows that cannot be read are quarantined"),
          Map.entry("handleInvalid", "--strict"),
          Map.entry("hiddenLayers", "--network dense:64,32"),
          Map.entry("activation", "--network dense has ReLU, others come as JSON"),
          Map.entry("initialModel", "--network model.zip"),
          Map.entry("imageWidth", "--size"),
          Map.entry("imageHeight", "--size"),
          Map.entry("imageChannels", "--channels"),
          Map.entry("imageFit", "--fit"),
          Map.entry("imageInversion", "--invert"),
          Map.entry("ordering", "train custom shuffles"),
          Map.entry("gradientEpochs", "--averaging-schedule"),
          Map.entry("validationIndicatorCol", "--validation"),
          Map.entry("checkpointDir", "--model-dir"),
          Map.entry("tensorBoardDir", "--logdir"),
          Map.entry("progress", "shown unless --quiet"));

  private static Set<String> options() {
    return new CommandLine(new TrainCustom())
        .getCommandSpec().options().stream()
            .map(option -> option.longestName())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> params() {
    return Stream.of(new LockstepClassifier(), new LockstepRegressor())
        .flatMap(estimator -> Arrays.stream(estimator.params()))
        .map(Param::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String option(String param) {
    return "--" + param.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  @Test
  void every_option_is_a_parameter_or_it_is_said_why_not() {
    Set<String> missing = options();
    params().forEach(param -> missing.remove(option(param)));
    missing.removeAll(OPTIONS.keySet());

    assertThat(missing).as("options of train custom that estimators lack").isEmpty();
  }

  @Test
  void every_parameter_is_an_option_or_it_is_said_why_not() {
    Set<String> options = options();
    Set<String> missing = params();
    missing.removeIf(param -> options.contains(option(param)));
    missing.removeAll(PARAMS.keySet());

    assertThat(missing).as("parameters that train custom lacks").isEmpty();
  }

  @Test
  void no_reason_is_given_for_what_is_not_there() {
    assertThat(params()).containsAll(PARAMS.keySet());
    assertThat(options()).containsAll(OPTIONS.keySet());
  }
}
