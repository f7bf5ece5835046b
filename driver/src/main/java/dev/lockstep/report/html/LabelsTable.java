package dev.lockstep.report.html;

import dev.lockstep.report.Figures;
import dev.lockstep.train.LabelCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How several labels of an example were told.
 *
 * @param names of the labels
 */
record LabelsTable(LabelCounts counts, List<String> names) {
  /** What sums them up, and each label's figures. */
  Html html() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("subset accuracy", Figures.proportion(counts.subsetAccuracy()));
    all.put("Hamming loss", Figures.proportion(counts.hammingLoss()));
    all.put("micro F1", Figures.proportion(counts.microF1()));
    all.put("macro F1", Figures.proportion(counts.macroF1()));
    return Html.join(
        Tables.of(all),
        Tables.of(
            List.of("label", "precision", "recall", "F1"),
            IntStream.range(0, names.size()).mapToObj(this::row).toList()));
  }

  private List<String> row(int number) {
    LabelCounts.Label label = counts.labels().get(number);
    return List.of(
        names.get(number),
        Figures.proportion(label.precision()),
        Figures.proportion(label.recall()),
        Figures.proportion(label.f1()));
  }
}
