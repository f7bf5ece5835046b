package dev.lockstep.strategy;

import dev.lockstep.data.Examples;
import dev.lockstep.data.chunk.LocalChunks;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.ModelState;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What a process keeps of a run between its tasks, since making it anew costs more than a round:
 * replicas of the network, workers with their order of examples, and the state that a stage ended
 * with. A replica is loaded with a state before each use, so it does not matter which task had it
 * before; what a task that failed had is not given back.
 *
 * <p>Each task brings the ids of the runs that go on in its application, and the process forgets
 * the others: an executor keeps no more than what it trains, and the last run that it trained. That
 * one it forgets when no task has asked for it for a minute.
 */
public final class RunPool {
  private static final Map<String, RunPool> RUNS = new ConcurrentHashMap<>();
  private static final long IDLE_SECONDS = 60;

  static {
    Executors.newSingleThreadScheduledExecutor(RunPool::daemon)
        .scheduleWithFixedDelay(
            () -> forgetUnusedSince(System.nanoTime() - TimeUnit.SECONDS.toNanos(IDLE_SECONDS)),
            IDLE_SECONDS,
            IDLE_SECONDS / 2,
            TimeUnit.SECONDS);
  }

  private final Queue<LocalTrainer> replicas = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Worker> workers = new ConcurrentHashMap<>();
  private volatile long usedAt;

  private volatile Kept kept;

  /** The state that a stage ended with, all its hosts with the same one. */
  private record Kept(String stage, ModelState state) {}

  private RunPool() {}

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "lockstep-idle-replicas");
    thread.setDaemon(true);
    return thread;
  }

  private static RunPool of(TrainingJob job) {
    RunPool pool = RUNS.computeIfAbsent(job.id(), unused -> new RunPool());
    pool.usedAt = System.nanoTime();
    return pool;
  }

  /** How many runs this process keeps something of. */
  public static int runs() {
    return RUNS.size();
  }

  static LocalTrainer borrow(TrainingJob job) {
    LocalTrainer idle = of(job).replicas.poll();
    return idle == null ? job.trainers().newTrainer() : idle;
  }

  static void giveBack(TrainingJob job, LocalTrainer trainer) {
    of(job).replicas.add(trainer);
  }

  /** A worker with its examples, the one that was here last if there is one. */
  static Worker worker(TrainingJob job, int number, Examples examples) {
    Worker idle = of(job).workers.remove(number);
    Worker worker = idle == null ? new Worker(job, number, examples) : idle;
    worker.begin(job, examples);
    return worker;
  }

  static void giveBack(TrainingJob job, Worker worker) {
    worker.end();
    of(job).workers.put(worker.number(), worker);
  }

  /** Keeps the state that a stage ended with, for the next one, in place of the one before. */
  static void keep(TrainingJob job, String stage, ModelState state) {
    of(job).kept = new Kept(stage, state);
  }

  /**
   * The state that a stage ended with, if a host of it ran in this process and of none after it.
   * That of another stage is not kept any longer.
   */
  static Optional<ModelState> kept(TrainingJob job, String stage) {
    Kept kept = of(job).kept;
    if (kept != null && kept.stage().equals(stage)) {
      return Optional.of(kept.state());
    }
    of(job).kept = null;
    return Optional.empty();
  }

  /** Forgets a run that has ended. */
  static void forget(String id) {
    RunPool ended = RUNS.remove(id);
    if (ended != null) {
      for (LocalTrainer idle = ended.replicas.poll(); idle != null; idle = ended.replicas.poll()) {
        idle.close();
      }
    }
  }

  /**
   * Forgets what no task has asked for since a {@link System#nanoTime}. A run that goes on all the
   * same finds all anew.
   */
  static void forgetUnusedSince(long time) {
    RUNS.entrySet().stream()
        .filter(run -> run.getValue().usedAt - time < 0)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(RunPool::forget);
  }

  /** Forgets all runs, and examples on the disk, but those of the ids. */
  static void keepOnly(Set<String> ids) {
    RUNS.keySet().stream().filter(id -> !ids.contains(id)).toList().forEach(RunPool::forget);
    LocalChunks.keepOnly(ids);
  }
}
