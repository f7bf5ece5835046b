package dev.lockstep.predict;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The tally of pictures.
 *
 * @param predicted how many pictures were
 * @param blank on how many nothing is drawn
 * @param quarantined how many could not be read
 * @param confusion how many labelled pictures there are of each {@code label · classes +
 *     prediction}
 * @param first some pictures by path
 * @param uncertain some pictures, the least probable predictions first
 * @param blanks some on which nothing is drawn, by path
 * @param unreadable some that could not be read, by path
 */
public record PictureTally(
    long predicted,
    long blank,
    long quarantined,
    Map<Long, Long> confusion,
    List<Line> first,
    List<Line> uncertain,
    List<String> blanks,
    List<Unreadable> unreadable)
    implements PredictionTally<PictureTally> {
  public PictureTally {
    // What an earlier version has written knows none.
    blanks = blanks == null ? List.of() : blanks;
  }

  /** Of nothing. */
  public static final PictureTally NONE =
      new PictureTally(0, 0, 0, Map.of(), List.of(), List.of(), List.of(), List.of());

  static final Comparator<Line> BY_PATH = Comparator.comparing(Line::path);
  static final Comparator<Line> BY_PROBABILITY =
      Comparator.comparing(Line::probability).thenComparing(BY_PATH);
  static final Comparator<Unreadable> UNREADABLE_BY_PATH = Comparator.comparing(Unreadable::path);

  /**
   * One prediction.
   *
   * @param label the picture's class; −1 if that is not known
   * @param prediction the most probable class
   * @param probability of it, 0..1
   * @param second the next probable class
   */
  public record Line(String path, int label, int prediction, float probability, int second)
      implements Serializable {

    /** Whether it is known to be wrong. */
    @JsonIgnore
    public boolean isWrong() {
      return label != PictureFile.UNLABELLED && label != prediction;
    }
  }

  /** A picture that could not be read. */
  public record Unreadable(String path, String reason) implements Serializable {}

  @Override
  public PictureTally merge(PictureTally other) {
    return new PictureTally(
        predicted + other.predicted,
        blank + other.blank,
        quarantined + other.quarantined,
        PredictionTally.sum(confusion, other.confusion),
        PredictionTally.first(first, other.first, BY_PATH),
        PredictionTally.first(uncertain, other.uncertain, BY_PROBABILITY),
        PredictionTally.first(blanks, other.blanks, Comparator.naturalOrder()),
        PredictionTally.first(unreadable, other.unreadable, UNREADABLE_BY_PATH));
  }

  @Override
  public long examples() {
    return predicted + blank + quarantined;
  }
}
