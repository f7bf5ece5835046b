package dev.lockstep.ml;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.report.Console;
import dev.lockstep.report.ConsoleProgress;
import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.Environment;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.Terminal;
import dev.lockstep.report.TimeSplit;
import dev.lockstep.report.tensorboard.TensorBoard;
import dev.lockstep.train.EarlyStopping;
import dev.lockstep.train.PreparedRun;
import dev.lockstep.train.RunResult;
import dev.lockstep.train.TrainedModel;
import dev.lockstep.train.Training;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept of a fit: checkpoints, curves, events for TensorBoard, a summary. */
final class FitRecord {
  private static final Logger LOG = LoggerFactory.getLogger(FitRecord.class);
  private static final BiFunction<ModelState, Double, Map<String, Double>> FIGURES =
      (state, loss) -> Map.of("loss", loss);

  private final LockstepEstimator<?> params;
  private final Optional<FitFolder> folder;
  private final FitHistory history;
  private final Map<String, String> settings;
  private final String dataHash;
  private Optional<TensorBoard> tensorBoard = Optional.empty();

  private FitRecord(
      LockstepEstimator<?> params,
      Optional<FitFolder> folder,
      Map<String, String> settings,
      String dataHash) {
    this.params = params;
    this.folder = folder;
    this.settings = settings;
    this.dataHash = dataHash;
    history = new FitHistory(folder);
  }

  /**
   * Has a training that is prepared go on where an interrupted one ended, and kept record of.
   *
   * @param hash of what is trained
   * @param validationHash of what is looked at; empty if nothing is
   */
  static FitRecord of(
      LockstepEstimator<?> params,
      JavaSparkContext spark,
      StartingNetwork start,
      Training training,
      PreparedRun prepared,
      FitIdentity.DataHash hash,
      String validationHash) {
    Map<String, String> settings = FitIdentity.settings(params);
    String name =
        FitIdentity.name(
            settings,
            prepared.job().schedule().workers(),
            hash.ordered(),
            validationHash,
            start.definition().json(),
            start.state());
    Optional<FitFolder> folder =
        params.isSet(params.checkpointDir())
            ? Optional.of(
                FitFolder.of(
                    params.getOrDefault(params.checkpointDir()), name, spark.hadoopConfiguration()))
            : Optional.empty();
    folder.ifPresent(
        own -> {
          training.checkpoints(own.path().toString());
          if (own.hasCheckpoints()) {
            LOG.info("{}: goes on from the checkpoints in {}", params.uid(), own.path());
            training.resume();
          }
        });
    Map<String, String> environment = Environment.of(spark);
    Map<String, String> all = new TreeMap<>(settings);
    all.put("workers", String.valueOf(prepared.job().schedule().workers()));
    all.put("Lockstep", environment.get("Lockstep"));
    all.put("Spark", environment.get("Spark"));
    FitRecord record = new FitRecord(params, folder, all, hash.content());
    record.listen(training, prepared, start, environment, name);
    return record;
  }

  private void listen(
      Training training,
      PreparedRun prepared,
      StartingNetwork start,
      Map<String, String> environment,
      String name) {
    training.listen(history);
    params.listeners().forEach(training::listen);
    if ((Boolean) params.getOrDefault(params.progress())) {
      PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
      Console console = new Console(err, Console.Style.LINES, Terminal.PLAIN);
      training.listen(new ConsoleProgress(console, FIGURES));
    }
    if (params.isSet(params.tensorBoardDir())) {
      RunSubject subject =
          new RunSubject(
              params.uid(),
              params.uid(),
              NetworkOutline.of(start.definition()),
              prepared.schema(),
              new TreeMap<String, Object>(settings),
              environment,
              ContactSheet.NONE,
              FIGURES);
      Path events =
          Path.of(params.getOrDefault(params.tensorBoardDir()), params.uid() + "-" + name);
      tensorBoard =
          Optional.of(new TensorBoard(events, subject, mistakes -> ContactSheet.NONE, LOG::warn));
      tensorBoard.ifPresent(training::listen);
    }
  }

  /** Trains; checkpoints stay only of what breaks off. */
  TrainedModel run(PreparedRun prepared) {
    try {
      TrainedModel trained = prepared.run();
      tensorBoard.ifPresent(
          board ->
              board.finished(
                  new RunEnd(trained.result(), Map.of(), Optional.empty(), Optional.empty())));
      folder.ifPresent(FitFolder::remove);
      return trained;
    } catch (RuntimeException e) {
      tensorBoard.ifPresent(board -> board.failed(e));
      throw e;
    }
  }

  TrainingSummary summary(RunResult result, long rows, Optional<EarlyStopping> stopping) {
    return new TrainingSummary(
        history.losses(),
        history.validations(),
        stopping.map(history::bestSteps).orElse(result.steps()),
        result.steps(),
        result.epochs(),
        result.examples(),
        result.seconds(),
        TimeSplit.seconds(result.time()),
        result.ending(),
        rows,
        dataHash,
        settings);
  }
}
