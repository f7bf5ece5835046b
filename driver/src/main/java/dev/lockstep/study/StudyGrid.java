package dev.lockstep.study;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All combinations of some values; what makes no difference is trained once. That of one worker is
 * in it for each kind, to compare with.
 *
 * @param seeds from 1 to this
 */
public record StudyGrid(
    List<String> networks,
    List<String> data,
    List<Integer> workers,
    List<String> periods,
    List<String> outers,
    List<String> optimizers,
    List<String> learningRates,
    List<String> schedules,
    List<String> weights,
    int epochs,
    int minibatch,
    int seeds) {

  /** Its cells, in the order of the lists. */
  public List<StudyCell> cells() {
    Set<StudyCell> cells = new LinkedHashSet<>();
    for (String network : networks) {
      for (String set : data) {
        for (String optimizer : optimizers) {
          for (String rate : learningRates) {
            for (String schedule : schedules) {
              for (String average : weights) {
                for (StudyCell cell : meetings(network, set, optimizer, rate, schedule, average)) {
                  cells.add(cell);
                }
              }
            }
          }
        }
      }
    }
    return List.copyOf(cells);
  }

  private List<StudyCell> meetings(
      String network, String set, String optimizer, String rate, String schedule, String average) {
    List<StudyCell> cells = new ArrayList<>();
    List<StudyCell> alone = new ArrayList<>();
    for (int count : workers) {
      for (String period : periods) {
        for (String outer : outers) {
          for (long seed = 1; seed <= seeds; seed++) {
            StudyCell cell =
                new StudyCell(
                        network,
                        set,
                        count,
                        new AveragingName(period, outer),
                        optimizer,
                        rate,
                        schedule,
                        average,
                        epochs,
                        minibatch,
                        seed)
                    .canonical();
            alone.add(cell.alone());
            cells.add(cell);
          }
        }
      }
    }
    alone.addAll(cells);
    return alone;
  }
}
