package dev.lockstep.tests;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** What Spark has told of the application that runs in this process; made by Spark, by its name. */
public final class SparkEvents extends SparkListener {
  private static final String WORKERS_RDD = "workers";
  private static final Set<Integer> TRAINING_STAGES = ConcurrentHashMap.newKeySet();
  private static volatile int lastTrainingStage = -1;
  private static final Set<Long> WORKERS = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger ATTEMPTS = new AtomicInteger();
  private static final AtomicInteger SEGMENTS = new AtomicInteger();
  private static final AtomicInteger FAILED_STAGES = new AtomicInteger();
  private static final AtomicInteger SHUFFLES = new AtomicInteger();

  /** How many workers train now: tasks of their last stage, as those of others are not needed. */
  static int workers() {
    return WORKERS.size();
  }

  /** How often a stage of workers has begun, or begun again. */
  static int attempts() {
    return ATTEMPTS.get();
  }

  /** How many stages of workers have ended well. */
  static int segments() {
    return SEGMENTS.get();
  }

  /** How many attempts at stages have failed. */
  static int failedStages() {
    return FAILED_STAGES.get();
  }

  /** How many stages have ended well whose output is shuffled to the next. */
  static int shuffles() {
    return SHUFFLES.get();
  }

  /** Forgets what an application told that has ended. */
  static void forget() {
    TRAINING_STAGES.clear();
    lastTrainingStage = -1;
    WORKERS.clear();
    ATTEMPTS.set(0);
    SEGMENTS.set(0);
    FAILED_STAGES.set(0);
    SHUFFLES.set(0);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted stage) {
    if (stage.stageInfo().rddInfos().exists(rdd -> rdd.name().equals(WORKERS_RDD))) {
      lastTrainingStage = stage.stageInfo().stageId();
      TRAINING_STAGES.add(lastTrainingStage);
      WORKERS.clear();
      ATTEMPTS.incrementAndGet();
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    if (start.stageId() == lastTrainingStage) {
      WORKERS.add(start.taskInfo().taskId());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    WORKERS.remove(end.taskInfo().taskId());
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted stage) {
    if (stage.stageInfo().failureReason().isDefined()) {
      FAILED_STAGES.incrementAndGet();
    } else if (TRAINING_STAGES.contains(stage.stageInfo().stageId())) {
      SEGMENTS.incrementAndGet();
    } else if (stage.stageInfo().shuffleDepId().isDefined()) {
      SHUFFLES.incrementAndGet();
    }
  }
}
