package dev.lockstep.strategy;

import dev.lockstep.models.LocalTrainer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Replicas kept between the tasks of an executor, since building one costs more than a round. A
 * replica is loaded with a state before each use, so it does not matter which task had it before;
 * one whose task failed is not given back.
 */
final class TrainerPool {
  private static final Map<String, Queue<LocalTrainer>> IDLE = new ConcurrentHashMap<>();

  private TrainerPool() {}

  static LocalTrainer borrow(TrainingJob job) {
    LocalTrainer idle = queue(job).poll();
    return idle == null ? job.trainers().newTrainer() : idle;
  }

  static void giveBack(TrainingJob job, LocalTrainer trainer) {
    queue(job).add(trainer);
  }

  private static Queue<LocalTrainer> queue(TrainingJob job) {
    return IDLE.computeIfAbsent(job.id(), unused -> new ConcurrentLinkedQueue<>());
  }

  /** Drops the replicas of a run that has ended. */
  static void clear(TrainingJob job) {
    IDLE.remove(job.id());
  }
}
