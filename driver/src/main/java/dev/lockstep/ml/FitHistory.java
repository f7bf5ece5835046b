package dev.lockstep.ml;

import dev.lockstep.ml.TrainingSummary.Loss;
import dev.lockstep.ml.TrainingSummary.Validation;
import dev.lockstep.models.ModelState;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.EarlyStopping.Monitor;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RunListener;
import dev.lockstep.train.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The curves of a fit; kept beside its checkpoints, for one that goes on. */
final class FitHistory implements RunListener {
  private final Optional<FitFolder> folder;
  private final List<Loss> losses = new ArrayList<>();
  private final List<Validation> validations = new ArrayList<>();

  /** As stored. */
  record Curves(List<Loss> losses, List<Validation> validations) {}

  FitHistory(Optional<FitFolder> folder) {
    this.folder = folder;
  }

  @Override
  public void resuming(long steps) {
    folder
        .flatMap(FitFolder::curves)
        .ifPresent(
            before -> {
              before.losses().stream().filter(at -> at.steps() <= steps).forEach(losses::add);
              before.validations().stream()
                  .filter(at -> at.steps() <= steps)
                  .forEach(validations::add);
            });
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    losses.add(new Loss(report.steps(), report.epoch(), report.loss()));
  }

  @Override
  public void validated(RoundReport report, Evaluation evaluation) {
    Score score = evaluation.score();
    validations.add(new Validation(report.steps(), report.epoch(), score.loss(), score.accuracy()));
  }

  @Override
  public void checkpoint(RoundReport report, ModelState state, String file) {
    folder.ifPresent(to -> to.write(new Curves(losses, validations)));
  }

  List<Loss> losses() {
    return List.copyOf(losses);
  }

  List<Validation> validations() {
    return List.copyOf(validations);
  }

  /**
   * After how many steps early stopping has seen its best.
   *
   * @param rule for these data
   */
  long bestSteps(EarlyStopping rule) {
    long best = 0;
    double value = Double.NaN;
    for (Validation at : validations) {
      double now = rule.monitor() == Monitor.ACCURACY ? at.accuracy() : -at.loss();
      if (Double.isNaN(value) || now - value > rule.minDelta()) {
        value = now;
        best = at.steps();
      }
    }
    return best;
  }
}
