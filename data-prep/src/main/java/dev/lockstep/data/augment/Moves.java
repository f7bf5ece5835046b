package dev.lockstep.data.augment;

/** Changes of where pixels are. */
final class Moves {
  private Moves() {}

  /** Mirrors left and right, of every second picture. */
  record Flip() implements Change {
    @Override
    public void apply(Canvas canvas, Draws draws) {
      if (draws.below(2) == 1) {
        mirror(canvas);
      }
    }

    static void mirror(Canvas canvas) {
      canvas.move((x, y) -> canvas.at(canvas.width() - 1 - x, y));
    }

    @Override
    public String toString() {
      return "flip";
    }
  }

  /**
   * Moves the picture; what comes in is black.
   *
   * @param most pixels, across and down
   */
  record Shift(int most) implements Change {
    @Override
    public void apply(Canvas canvas, Draws draws) {
      move(canvas, draws.within(most), draws.within(most));
    }

    static void move(Canvas canvas, int across, int down) {
      canvas.move(
          (x, y) ->
              canvas.has(x - across, y - down) ? canvas.at(x - across, y - down) : Canvas.OUTSIDE);
    }

    @Override
    public String toString() {
      return "shift:" + most;
    }
  }

  /**
   * Cuts a window of the picture's size out of the picture with a border of mirrored pixels.
   *
   * @param border pixels on each side
   */
  record Crop(int border) implements Change {
    @Override
    public void apply(Canvas canvas, Draws draws) {
      cut(canvas, draws.within(border), draws.within(border));
    }

    static void cut(Canvas canvas, int across, int down) {
      canvas.move(
          (x, y) ->
              canvas.at(mirrored(x + across, canvas.width()), mirrored(y + down, canvas.height())));
    }

    /** As if the picture's edge were a mirror, the pixels at the edge not repeated. */
    static int mirrored(int place, int size) {
      if (size == 1) {
        return 0;
      }
      int period = 2 * (size - 1);
      int within = Math.floorMod(place, period);
      return within < size ? within : period - within;
    }

    @Override
    public String toString() {
      return "crop:" + border;
    }
  }

  /**
   * Turns the picture around its middle, each new pixel interpolated from four; at the edges levels
   * go on.
   *
   * @param most degrees, either way
   */
  record Rotate(double most) implements Change {
    @Override
    public void apply(Canvas canvas, Draws draws) {
      turn(canvas, Math.toRadians(draws.around() * most));
    }

    static void turn(Canvas canvas, double angle) {
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      double midX = (canvas.width() - 1) / 2.0;
      double midY = (canvas.height() - 1) / 2.0;
      for (int y = 0; y < canvas.height(); y++) {
        for (int x = 0; x < canvas.width(); x++) {
          double fromX = inside(midX + cos * (x - midX) + sin * (y - midY), canvas.width());
          double fromY = inside(midY - sin * (x - midX) + cos * (y - midY), canvas.height());
          interpolate(canvas, x, y, fromX, fromY);
        }
      }
      canvas.swap();
    }

    private static double inside(double place, int size) {
      return Math.max(0, Math.min(size - 1, place));
    }

    private static void interpolate(Canvas canvas, int x, int y, double fromX, double fromY) {
      int left = (int) fromX;
      int top = (int) fromY;
      int right = Math.min(left + 1, canvas.width() - 1);
      int bottom = Math.min(top + 1, canvas.height() - 1);
      double across = fromX - left;
      double down = fromY - top;
      for (int channel = 0; channel < canvas.channels(); channel++) {
        int plane = canvas.plane(channel);
        float[] levels = canvas.levels();
        double upper =
            (1 - across) * levels[plane + canvas.at(left, top)]
                + across * levels[plane + canvas.at(right, top)];
        double lower =
            (1 - across) * levels[plane + canvas.at(left, bottom)]
                + across * levels[plane + canvas.at(right, bottom)];
        canvas.spare()[plane + canvas.at(x, y)] = (float) ((1 - down) * upper + down * lower);
      }
    }

    @Override
    public String toString() {
      return "rotate:" + ChangeText.number(most);
    }
  }
}
