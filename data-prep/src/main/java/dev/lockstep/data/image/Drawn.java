package dev.lockstep.data.image;

import dev.lockstep.data.image.Components.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which connected parts of a picture are drawn, and which are specks, frames and what lies at the
 * picture's edge: told by size, shape and place.
 */
final class Drawn {
  /** Smaller than this part of a picture's longer side nothing is drawn. */
  private static final double SMALLEST = 0.04;

  /** What is smaller than this part of the largest is a speck; the bar of a 5 is not. */
  private static final double SPECK = 0.12;

  /** What is smaller than this part of the largest belongs to it only where it is near. */
  private static final double SMALL = 0.3;

  /** What a frame has at least of the picture's width and height. */
  private static final double FRAME = 0.55;

  private final Components components;
  private final double[] mass;

  private Drawn(Components components, float[] weights) {
    this.components = components;
    mass = new double[components.parts().size() + 1];
    for (int i = 0; i < weights.length; i++) {
      mass[components.labels()[i]] += weights[i];
    }
  }

  /**
   * Chooses.
   *
   * @param weights float32 [height, width], how much there is of each pixel
   * @return for each number of a part, whether it is drawn; none is if the page is blank
   */
  static boolean[] of(Components components, float[] weights) {
    return new Drawn(components, weights).choose();
  }

  /** All that is set but frames. */
  static boolean[] withoutFrames(Components components) {
    Drawn all = new Drawn(components, new float[0]);
    boolean[] kept = new boolean[components.parts().size() + 1];
    components.parts().forEach(part -> kept[part.number()] = !all.isFrame(part));
    boolean[] mask = new boolean[components.labels().length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = kept[components.labels()[i]];
    }
    return mask;
  }

  private boolean[] choose() {
    List<Part> parts = components.parts();
    boolean[] drawn = new boolean[parts.size() + 1];
    double smallest = SMALLEST * Math.max(components.width(), components.height());
    Optional<Part> largest =
        parts.stream()
            .filter(part -> part.size() >= Math.max(3, smallest) && !isFrame(part))
            .max(Comparator.comparingDouble(this::score));
    largest.ifPresent(main -> parts.forEach(part -> drawn[part.number()] = belongs(part, main)));
    return drawn;
  }

  private boolean belongs(Part part, Part main) {
    return part == main
        || !(touchesEdge(part) && !touchesEdge(main))
            && part.size() >= SPECK * main.size()
            && (part.size() >= SMALL * main.size() || part.distance(main) <= SMALL * main.size())
            && !isFrame(part)
            && !isLine(part);
  }

  /** Straight along the page, and longer than what is drawn beside it may be. */
  private boolean isLine(Part part) {
    return part.size() > FRAME * Math.max(components.width(), components.height())
        && Math.min(part.width(), part.height()) < 0.1 * part.size();
  }

  /** What touches the edge is rather something else; what is in the middle is rather meant. */
  private double score(Part part) {
    double x = (part.left() + part.right()) / (double) components.width() - 1;
    double y = (part.top() + part.bottom()) / (double) components.height() - 1;
    double central = 1 - 0.5 * Math.max(Math.abs(x), Math.abs(y));
    return mass[part.number()] * central * (touchesEdge(part) ? 0.2 : 1);
  }

  private boolean touchesEdge(Part part) {
    return part.left() == 0
        || part.top() == 0
        || part.right() == components.width() - 1
        || part.bottom() == components.height() - 1;
  }

  /** Large, with nothing in its middle, but something in three of its corners at least. */
  private boolean isFrame(Part part) {
    if (part.width() < FRAME * components.width() || part.height() < FRAME * components.height()) {
      return false;
    }
    int inside = 0;
    boolean[] corners = new boolean[4];
    for (int y = part.top(); y <= part.bottom(); y++) {
      for (int x = part.left(); x <= part.right(); x++) {
        if (components.labels()[y * components.width() + x] == part.number()) {
          double across = (x - part.left()) / (double) part.width();
          double down = (y - part.top()) / (double) part.height();
          inside += isMiddle(across) && isMiddle(down) ? 1 : 0;
          if (isEnd(across) && isEnd(down)) {
            corners[(across > 0.5 ? 1 : 0) + (down > 0.5 ? 2 : 0)] = true;
          }
        }
      }
    }
    int occupied = 0;
    for (boolean corner : corners) {
      occupied += corner ? 1 : 0;
    }
    return inside < 0.1 * part.pixels() && occupied >= 3;
  }

  private static boolean isMiddle(double place) {
    return place > 0.2 && place < 0.8;
  }

  private static boolean isEnd(double place) {
    return place < 0.1 || place > 0.9;
  }
}
