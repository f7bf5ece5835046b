package dev.lockstep.predict;

import dev.lockstep.predict.PictureTally.Line;
import dev.lockstep.predict.PictureTally.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Counts predictions, which come in the order of their paths. */
public final class TallyBuilder implements PredictionSink {
  private final int classes;
  private final Map<Long, Long> confusion = new TreeMap<>();
  private final List<Line> first = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final PriorityQueue<Line> uncertain =
      new PriorityQueue<>(PictureTally.BY_PROBABILITY.reversed());
  private final List<String> blanks = new ArrayList<>();
  private long predicted;
  private long blank;
  private long quarantined;

  /**
   * Of nothing yet.
   *
   * @param classes that the model tells apart
   */
  public TallyBuilder(int classes) {
    this.classes = classes;
  }

  @Override
  public void predicted(PicturePrediction prediction) {
    predicted++;
    PictureFile file = prediction.file();
    if (file.label() != PictureFile.UNLABELLED) {
      confusion.merge((long) file.label() * classes + prediction.prediction(), 1L, Long::sum);
    }
    boolean doubtful =
        uncertain.size() < PictureTally.KEPT
            || prediction.probability() <= uncertain.peek().probability();
    if (first.size() < PictureTally.KEPT || doubtful) {
      add(line(prediction));
    }
  }

  private void add(Line line) {
    if (first.size() < PictureTally.KEPT) {
      first.add(line);
    }
    uncertain.add(line);
    if (uncertain.size() > PictureTally.KEPT) {
      uncertain.poll();
    }
  }

  private static Line line(PicturePrediction prediction) {
    int second = PicturePrediction.second(prediction.probabilities(), prediction.prediction());
    PictureFile file = prediction.file();
    return new Line(
        file.path(), file.label(), prediction.prediction(), prediction.probability(), second);
  }

  @Override
  public void blank(PictureFile file) {
    blank++;
    if (blanks.size() < PictureTally.KEPT) {
      blanks.add(file.path());
    }
  }

  @Override
  public void quarantined(PictureFile file, String reason) {
    quarantined++;
    if (unreadable.size() < PictureTally.KEPT) {
      unreadable.add(new Unreadable(file.path(), reason));
    }
  }

  /** What was counted so far. */
  public PictureTally build() {
    return new PictureTally(
        predicted,
        blank,
        quarantined,
        confusion,
        List.copyOf(first),
        uncertain.stream().sorted(PictureTally.BY_PROBABILITY).toList(),
        List.copyOf(blanks),
        List.copyOf(unreadable));
  }
}
