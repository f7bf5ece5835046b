package dev.lockstep.strategy;

import dev.lockstep.collective.Collective;
import dev.lockstep.collective.Rendezvous.Ticket;
import dev.lockstep.collective.Seat;
import dev.lockstep.collective.StageCollective;
import dev.lockstep.data.Examples;
import dev.lockstep.models.ModelState;
import dev.lockstep.spark.Crew.Reader;
import dev.lockstep.strategy.HostSeating.Equipment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;

/**
 * What a task of a {@link WorkerStage} does: comes to the meeting, takes its seat, has its workers
 * train with those of the other hosts, and brings home what they did.
 *
 * @param kept of which stage a process may have kept the state to begin with
 * @param delivery of what all tasks bring
 */
record HostTask(
    Ticket ticket,
    String kept,
    UUID delivery,
    Averaging averaging,
    List<Segment> segments,
    ProgressLine.Orders orders)
    implements Serializable {

  /** What a host begins with. */
  private record Start(int[] numbers, List<Worker> workers, ModelState state) {}

  /** Nothing, if the task is not needed. */
  List<WorkerMessage<List<Outcome>>> run(TrainingJob job, TaskContext task, Reader<Examples> data) {
    Optional<ModelState> state = RunPool.kept(job, kept);
    return StageCollective.takePart(
        task,
        ticket,
        state.isPresent(),
        seat -> prepare(job, data, seat, state),
        (start, collective) -> train(job, start, collective));
  }

  private static Start prepare(
      TrainingJob job, Reader<Examples> data, Seat seat, Optional<ModelState> state) {
    Equipment equipment = (Equipment) seat.equipment();
    int[] numbers = seat.workers();
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      Examples examples = data.element(equipment.parts().get(i));
      workers.add(RunPool.worker(job, numbers[i], examples));
    }
    return new Start(numbers, workers, state.orElseGet(() -> equipment.start().value()));
  }

  private WorkerMessage<List<Outcome>> train(TrainingJob job, Start start, Collective collective) {
    List<Outcome> outcomes =
        new Host(averaging, start.workers(), collective, orders).run(start.state(), segments);
    start.workers().forEach(worker -> RunPool.giveBack(job, worker));
    RunPool.keep(job, ticket.group().toString(), outcomes.get(outcomes.size() - 1).state());
    boolean first = IntStream.of(start.numbers()).anyMatch(number -> number == 0);
    return WorkerMessage.of(
        new WorkerMessage.Label(delivery, start.numbers()[0]),
        first ? outcomes : outcomes.stream().map(Outcome::withoutState).toList());
  }
}
