package dev.lockstep.study;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cell brought.
 *
 * @param meant the network, its data and learning rates, as they were when it was trained: a hash
 * @param rate the learning rate that was used; NaN if it is not one number
 * @param steps minibatches of all workers
 * @param rounds how often workers agreed
 * @param sentBytes what each worker would have sent for that
 * @param accuracy of the trained model on test data, 0..1; NaN if it diverged
 * @param averageAccuracy of the weights averaged over time; NaN if there are none
 * @param testLoss mean over examples
 * @param trainingLoss of the last round, as a run displays it
 * @param diverged whether the loss was no finite number
 * @param seconds of training, on one core that may have had other work
 */
public record StudyRow(
    StudyCell cell,
    String meant,
    double rate,
    long steps,
    long rounds,
    long sentBytes,
    double accuracy,
    double averageAccuracy,
    double testLoss,
    double trainingLoss,
    boolean diverged,
    double seconds)
    implements StudyResult {

  @Override
  public String name() {
    return cell.name();
  }

  @Override
  public Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("network", cell.network());
    columns.put("data", cell.data());
    columns.put("workers", cell.workers());
    columns.put("period", cell.averaging().period());
    columns.put("outer", cell.averaging().outer());
    columns.put("optimizer", cell.optimizer());
    columns.put("learningRate", rate);
    columns.put("schedule", cell.schedule());
    columns.put("weightsAverage", cell.weights());
    columns.put("epochs", cell.epochs());
    columns.put("minibatch", cell.minibatch());
    columns.put("seed", cell.seed());
    columns.put("steps", steps);
    columns.put("rounds", rounds);
    columns.put("sentBytes", sentBytes);
    columns.put("accuracy", accuracy);
    columns.put("averageAccuracy", averageAccuracy);
    columns.put("testLoss", testLoss);
    columns.put("trainingLoss", trainingLoss);
    columns.put("diverged", diverged);
    columns.put("seconds", seconds);
    return columns;
  }
}
