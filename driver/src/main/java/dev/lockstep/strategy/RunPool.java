package dev.lockstep.strategy;

import dev.lockstep.data.Examples;
import dev.lockstep.data.chunk.LocalChunks;
import dev.lockstep.models.LocalTrainer;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * What a process keeps of a run between its tasks, since making it anew costs more than a round:
 * replicas of the network, and workers with their order of examples. A replica is loaded with a
 * state before each use, so it does not matter which task had it before; what a task that failed
 * had is not given back.
 *
 * <p>Each task brings the ids of the runs that go on in its application, and the process forgets
 * the others: an executor keeps no more than what it trains, and the last run that it trained.
 */
public final class RunPool {
  private static final Map<String, RunPool> RUNS = new ConcurrentHashMap<>();

  private final Queue<LocalTrainer> replicas = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Worker> workers = new ConcurrentHashMap<>();

  private RunPool() {}

  private static RunPool of(TrainingJob job) {
    return RUNS.computeIfAbsent(job.id(), unused -> new RunPool());
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

  /** Does something as a worker, the one that did so last in this process if there is one. */
  static <R> R asWorker(TrainingJob job, int number, Examples block, Function<Worker, R> work) {
    Worker idle = of(job).workers.remove(number);
    Worker worker = idle == null ? new Worker(job, number, block) : idle;
    worker.begin(job, block);
    R result = work.apply(worker);
    worker.end();
    of(job).workers.put(number, worker);
    return result;
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

  /** Forgets all runs, and examples on the disk, but those of the ids. */
  static void keepOnly(Set<String> ids) {
    RUNS.keySet().stream().filter(id -> !ids.contains(id)).toList().forEach(RunPool::forget);
    LocalChunks.keepOnly(ids);
  }
}
