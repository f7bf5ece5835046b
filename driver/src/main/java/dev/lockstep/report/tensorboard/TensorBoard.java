package dev.lockstep.report.tensorboard;

import dev.lockstep.data.FileSystems;
import dev.lockstep.models.ModelState;
import dev.lockstep.report.ConfusionPicture;
import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.Markdown;
import dev.lockstep.report.Picture;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunReporter;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.tensorboard.HParams.Status;
import dev.lockstep.train.Evaluation;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Prediction;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tensorflow.framework.Summary;

/**
 * Writes a run to an event file, for TensorBoard to show while it goes on. Global steps are
 * minibatches over all workers, as everywhere else.
 */
public final class TensorBoard implements RunReporter {
  private final Path folder;
  private final RunSubject subject;
  private final RunScalars scalars;
  private final StateSummaries states;
  private final Function<List<Prediction>, ContactSheet> draw;
  private final Consumer<String> warning;
  private final Pace histograms = new Pace(200, 0.2);

  /** TensorBoard shows ten pictures of a tag. */
  private final Pace pictures = new Pace(10, 1);

  /** The wrongly read have to be fetched. */
  private final Pace confusions = new Pace(10, 5);

  private EventFile file;
  private double startedAt;
  private long step;

  /** Writes some events. */
  private interface Events {
    void write(EventFile file) throws IOException;
  }

  /**
   * @param folder of the run, below the one that TensorBoard is given
   * @param draw gives pictures of some validation data that was taken for something else
   * @param warning told once if events cannot be written; the run goes on without
   */
  public TensorBoard(
      Path folder,
      RunSubject subject,
      Function<List<Prediction>, ContactSheet> draw,
      Consumer<String> warning) {
    this.folder = folder;
    this.subject = subject;
    this.draw = draw;
    this.warning = warning;
    scalars = new RunScalars(subject);
    states = new StateSummaries(subject);
  }

  /** Begins a file, whose events replace those of earlier ones from the run's first step on. */
  @Override
  public void started(long steps, long totalSteps) {
    startedAt = EventFile.now();
    step = steps;
    try {
      boolean first = steps == 0 || !EventFile.existIn(folder);
      file = EventFile.create(folder);
      file.restart(startedAt, steps == 0 ? 0 : steps + 1);
      if (first) {
        file.graph(startedAt, NetworkGraph.of(subject.network()));
      }
    } catch (IOException e) {
      giveUp(e);
    }
    write(
        events ->
            events.summary(
                startedAt,
                steps,
                List.of(
                    Summaries.text("configuration", Markdown.table(subject.config())),
                    Summaries.text("environment", Markdown.table(subject.environment())),
                    HParams.sessionStart(
                        subject.config(), folder.getFileName().toString(), startedAt))));
  }

  @Override
  public void round(RoundReport report) {
    step = report.steps();
    scalars.add(report);
  }

  @Override
  public void display(RoundReport report, ModelState state) {
    List<Summary.Value> values = new ArrayList<>(scalars.take(report, state));
    if (histograms.due(report)) {
      values.addAll(states.histograms(state));
    }
    if (pictures.due(report)) {
      values.addAll(states.pictures(state));
    }
    write(report, values);
  }

  @Override
  public void validated(RoundReport report, Evaluation evaluation) {
    Score score = evaluation.score();
    List<Summary.Value> values = new ArrayList<>();
    values.add(Summaries.scalar("validation/loss", score.loss()));
    if (score.hasAccuracy()) {
      values.add(Summaries.scalar("validation/accuracy", score.accuracy()));
    }
    if (file != null && evaluation instanceof Classification found && confusions.due(report)) {
      values.addAll(
          pictures("validation", new RunEnd.Test(found.confusion(), draw.apply(found.mistakes()))));
    }
    write(report, values);
  }

  private void write(RoundReport report, List<Summary.Value> values) {
    write(events -> events.summary(startedAt + report.seconds(), report.steps(), values));
  }

  @Override
  public void finished(RunEnd end) {
    List<Summary.Value> values = new ArrayList<>(states.pictures(end.result().state()));
    end.test()
        .ifPresent(
            test -> {
              values.add(Summaries.scalar("test/accuracy", test.confusion().accuracy()));
              values.addAll(pictures("test", test));
            });
    close(values, Status.SUCCESS);
  }

  private static List<Summary.Value> pictures(String of, RunEnd.Test test) {
    List<Summary.Value> values = new ArrayList<>();
    Picture confusion = new ConfusionPicture(test.confusion()).picture();
    values.add(Summaries.image(of + "/confusion", confusion.image()));
    if (!test.mistakes().thumbnails().isEmpty()) {
      values.add(Summaries.image(of + "/mistakes", test.mistakes().picture().image()));
    }
    return values;
  }

  /** Leaves the session open: it goes on in another file. */
  @Override
  public void interrupted(String command) {
    write(EventFile::close);
    file = null;
  }

  @Override
  public void failed(RuntimeException cause) {
    close(List.of(Summaries.text("failure", String.valueOf(cause.getMessage()))), Status.FAILURE);
  }

  private void close(List<Summary.Value> values, Status status) {
    double now = EventFile.now();
    List<Summary.Value> all = new ArrayList<>(values);
    all.add(HParams.sessionEnd(status, now));
    write(events -> events.summary(now, step, all));
    write(EventFile::close);
    file = null;
  }

  /** Writes what readers are to see at once. */
  private void write(Events events) {
    if (file == null) {
      return;
    }
    try {
      events.write(file);
      file.flush();
    } catch (IOException e) {
      giveUp(e);
    }
  }

  private void giveUp(IOException e) {
    file = null;
    warning.accept(
        "%s: no more events for TensorBoard: %s".formatted(folder, FileSystems.message(e)));
  }
}
