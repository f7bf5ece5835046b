package dev.lockstep.data.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is drawn on a page, whatever the page is: coloured, ruled, shadowed, unevenly lit, dark. The
 * ground is estimated ({@link Ground}); ink is what differs from it; lines, frames and specks are
 * left out by shape and size ({@link RuledLines}, {@link Drawn}); and what is left is as bright as
 * in MNIST. A clean scan stays as it is, to the bit.
 */
final class Ink {
  /** The longer side of what is looked at: enough for strokes, the same for all cameras. */
  private static final int SIDE = 320;

  /** Up to here a page from the copier is as white, or as black, as paper. */
  private static final float GROUND = 25;

  /** How far the ground of a clean scan keeps away from that: grey levels, and deviations. */
  private static final float CLEARANCE = 12;

  private static final float CLEAR_DEVIATIONS = 6;

  /** Ink of a clean scan is at least so much darker than its paper. */
  private static final float CLEAR = 128;

  /** How much darker than the ground ink is at least, and by how many deviations. */
  private static final float FAINTEST = 0.05f;

  private static final float DEVIATIONS = 4.5f;

  /** Where neighbours differ little, what is so much darker than the ground is no noise. */
  private static final float CERTAIN = 0.4f;

  /** What is weaker than this part of the ink is not ink. */
  private static final float WEAKEST = 0.35f;

  /** Beside ink, what is at least as strong as this part of it is ink also where a line is. */
  private static final float STRONG = 0.8f;

  private static final int TRIES = 4;

  private final int width;
  private final int height;

  /** How much darker than the ground, 0 to 1. */
  private final float[] density;

  private Ink(Plane page) {
    width = page.width();
    height = page.height();
    Plane smooth = page.smoothed();
    if (Math.max(width, height) >= 100) {
      smooth = smooth.smoothed();
    }
    float[] ground = Ground.of(smooth).values();
    density = new float[ground.length];
    for (int i = 0; i < density.length; i++) {
      density[i] = Math.max(0, 1 - smooth.values()[i] / Math.max(ground[i], 8));
    }
  }

  /**
   * What is drawn, bright on black.
   *
   * @throws BlankPicture if nothing is
   */
  static Plane of(Plane picture, Inversion inversion) throws BlankPicture {
    Plane usual = inversion.apply(picture);
    if (isClean(usual)) {
      return usual;
    }
    Plane page = small(picture);
    return new Ink(inversion.isDark(page) ? page : page.inverted()).drawn();
  }

  private static Plane small(Plane picture) {
    double scale = (double) SIDE / Math.max(picture.width(), picture.height());
    return scale >= 1
        ? picture
        : picture.resized(
            (int) Math.max(1, Math.round(picture.width() * scale)),
            (int) Math.max(1, Math.round(picture.height() * scale)));
  }

  /** Whether there is nothing but clear ink on an even ground, bright on black. */
  private static boolean isClean(Plane picture) {
    float[] levels = picture.values();
    int width = picture.width();
    int height = picture.height();
    for (int x = 0; x < width; x++) {
      if (picture.at(x, 0) > GROUND || picture.at(x, height - 1) > GROUND) {
        return false;
      }
    }
    float brightest = 0;
    for (int y = 0; y < height; y++) {
      if (picture.at(0, y) > GROUND || picture.at(width - 1, y) > GROUND) {
        return false;
      }
      for (int x = 0; x < width; x++) {
        brightest = Math.max(brightest, picture.at(x, y));
      }
    }
    if (brightest < CLEAR || !isGroundClear(levels)) {
      return false;
    }
    boolean[] bright = new boolean[levels.length];
    for (int i = 0; i < bright.length; i++) {
      bright[i] = levels[i] > GROUND;
    }
    Components marks = Components.of(width, height, bright);
    boolean[] drawn = Drawn.of(marks, levels);
    Box all = new Box();
    Box meant = new Box();
    marks
        .parts()
        .forEach(
            part -> {
              all.add(part);
              if (drawn[part.number()]) {
                meant.add(part);
              }
            });
    return meant.isNearly(all);
  }

  /** Whether no noise lifts the ground above what is taken for black. */
  private static boolean isGroundClear(float[] levels) {
    float[] ground = new float[levels.length];
    int count = 0;
    for (float level : levels) {
      if (level <= GROUND) {
        ground[count++] = level;
      }
    }
    float[] below = Arrays.copyOf(ground, count);
    float even = median(below);
    return even + Math.max(CLEARANCE, CLEAR_DEVIATIONS * noise(below, even)) <= GROUND;
  }

  /** Around parts. */
  private static final class Box {
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right = -1;
    private int bottom = -1;

    void add(Components.Part part) {
      left = Math.min(left, part.left());
      top = Math.min(top, part.top());
      right = Math.max(right, part.right());
      bottom = Math.max(bottom, part.bottom());
    }

    /** Whether a larger box is larger by a tenth at most. */
    boolean isNearly(Box larger) {
      double tenth = 0.1 * Math.max(right - left + 1, bottom - top + 1);
      return right >= 0
          && left - larger.left <= tenth
          && top - larger.top <= tenth
          && larger.right - right <= tenth
          && larger.bottom - bottom <= tenth;
    }
  }

  private Plane drawn() throws BlankPicture {
    float even = median(density);
    float deviations = DEVIATIONS * noise(density, even);
    if (deviations > CERTAIN) {
      // They may be close lines.
      deviations = Math.min(deviations, Math.max(CERTAIN, DEVIATIONS * noiseOfNeighbours()));
    }
    float faintest = even + Math.max(FAINTEST, deviations);
    for (int i = 0; i < TRIES; i++) {
      Optional<Plane> found = drawn(even, faintest);
      if (found.isPresent()) {
        return found.get();
      }
      // Close lines smear into one; where ink is darker than they are, it is left above them.
      faintest = (faintest + strong(above(faintest))) / 2;
    }
    throw new BlankPicture();
  }

  /**
   * Twice the standard deviation of noise, by the quarter of neighbours that differ least, across
   * or down. Of noise that was smoothed twice, those differ by up to a fifth of its deviation.
   */
  private float noiseOfNeighbours() {
    return 10 * Math.max(leastDifference(1), leastDifference(width));
  }

  private float leastDifference(int step) {
    float[] differences = new float[density.length - step];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(density[i + step] - density[i]);
    }
    Arrays.sort(differences);
    return differences.length == 0 ? 0 : differences[differences.length / 4];
  }

  private Optional<Plane> drawn(float even, float faintest) {
    boolean[] marks = Drawn.withoutFrames(Components.of(width, height, above(faintest)));
    boolean[] lines = RuledLines.of(width, height, marks);
    for (int i = 0; i < marks.length; i++) {
      marks[i] &= !lines[i];
    }
    if (!choose(marks)) {
      return Optional.empty();
    }
    // Of all that may be ink, the ink itself is clearly stronger than smears and lines (Otsu).
    float weakest = Math.max(faintest, even + WEAKEST * (strong(marks) - even));
    for (int i = 0; i < marks.length; i++) {
      marks[i] &= density[i] > weakest;
    }
    return choose(marks)
        ? Optional.of(levels(marks, lines, even, quantile(marks, 0.75)))
        : Optional.empty();
  }

  private boolean[] above(float threshold) {
    boolean[] above = new boolean[density.length];
    for (int i = 0; i < above.length; i++) {
      above[i] = density[i] > threshold;
    }
    return above;
  }

  /** Leaves what is drawn, if there is anything. */
  private boolean choose(boolean[] marks) {
    Components components = Components.of(width, height, marks);
    boolean[] drawn = Drawn.of(components, density);
    boolean any = false;
    for (int i = 0; i < marks.length; i++) {
      marks[i] = drawn[components.labels()[i]];
      any |= marks[i];
    }
    return any;
  }

  /** The mean of the stronger of two classes, divided so that they differ most (Otsu 1979). */
  private float strong(boolean[] marks) {
    int bins = 128;
    long[] counts = new long[bins];
    long all = 0;
    double sum = 0;
    for (int i = 0; i < marks.length; i++) {
      if (marks[i]) {
        int bin = Math.min(bins - 1, (int) (density[i] * bins));
        counts[bin]++;
        all++;
        sum += bin;
      }
    }
    double best = -1;
    double strong = sum / all;
    long below = 0;
    double sumBelow = 0;
    for (int bin = 0; bin < bins; bin++) {
      below += counts[bin];
      sumBelow += (double) counts[bin] * bin;
      if (below > 0 && below < all) {
        double low = sumBelow / below;
        double high = (sum - sumBelow) / (all - below);
        double between = (double) below * (all - below) * (high - low) * (high - low);
        if (between > best) {
          best = between;
          strong = high;
        }
      }
    }
    return (float) ((strong + 0.5) / bins);
  }

  /** The ink and its soft edges. */
  private Plane levels(boolean[] ink, boolean[] lines, float even, float full) {
    float[] levels = new float[density.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        float level = (density[i] - even) / (full - even);
        if (ink[i] || (!lines[i] || level > STRONG) && isNear(ink, x, y)) {
          levels[i] = 255 * Math.max(0, Math.min(1, level));
        }
      }
    }
    return new Plane(width, height, levels);
  }

  private boolean isNear(boolean[] ink, int x, int y) {
    for (int ny = Math.max(0, y - 2); ny <= Math.min(height - 1, y + 2); ny++) {
      for (int nx = Math.max(0, x - 2); nx <= Math.min(width - 1, x + 2); nx++) {
        if (ink[ny * width + nx]) {
          return true;
        }
      }
    }
    return false;
  }

  private float quantile(boolean[] marks, double share) {
    float[] values = new float[density.length];
    int count = 0;
    for (int i = 0; i < marks.length; i++) {
      if (marks[i]) {
        values[count++] = density[i];
      }
    }
    Arrays.sort(values, 0, count);
    return values[(int) (share * (count - 1))];
  }

  /** The standard deviation, of most values; few others do not count. */
  private static float noise(float[] values, float even) {
    float[] differences = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      differences[i] = Math.abs(values[i] - even);
    }
    // The median of differences is 0.6745 deviations of a normal distribution.
    return median(differences) / 0.6745f;
  }

  /**
   * The middle one of values that are at least 0: by counting, as their bits have their order, and
   * sorting a picture takes as long as decoding it.
   */
  private static float median(float[] values) {
    int[] upper = new int[1 << Short.SIZE];
    for (float value : values) {
      upper[bits(value) >>> Short.SIZE]++;
    }
    int rank = values.length / 2;
    int high = 0;
    for (; rank >= upper[high]; high++) {
      rank -= upper[high];
    }
    int[] lower = new int[1 << Short.SIZE];
    for (float value : values) {
      if (bits(value) >>> Short.SIZE == high) {
        lower[bits(value) & 0xFFFF]++;
      }
    }
    int low = 0;
    for (; rank >= lower[low]; low++) {
      rank -= lower[low];
    }
    return Float.intBitsToFloat(high << Short.SIZE | low);
  }

  /** Of a value that is at least 0; -0.0 is 0. */
  private static int bits(float value) {
    return Float.floatToRawIntBits(value + 0f);
  }
}
