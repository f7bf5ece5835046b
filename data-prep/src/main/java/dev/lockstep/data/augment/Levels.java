package dev.lockstep.data.augment;

/** Changes of how bright pixels are. Levels stay from 0 to 255 where they were. */
final class Levels {
  private static final float WHITE = 255;

  private Levels() {}

  /**
   * Covers a square at a random place, which may reach beyond the edges, with the mean of each
   * channel (Cutout; DeVries and Taylor 2017).
   *
   * @param side in pixels
   */
  record Erase(int side) implements Change {
    @Override
    public void apply(Canvas canvas, Draws draws) {
      int left = draws.below(canvas.width()) - side / 2;
      int top = draws.below(canvas.height()) - side / 2;
      for (int channel = 0; channel < canvas.channels(); channel++) {
        float mean = canvas.mean(channel);
        for (int y = Math.max(0, top); y < Math.min(canvas.height(), top + side); y++) {
          for (int x = Math.max(0, left); x < Math.min(canvas.width(), left + side); x++) {
            canvas.levels()[canvas.plane(channel) + canvas.at(x, y)] = mean;
          }
        }
      }
    }

    @Override
    public String toString() {
      return "erase:" + side;
    }
  }

  /**
   * Makes all levels brighter or darker, in proportion.
   *
   * @param most by which part
   */
  record Brightness(double most) implements Change {
    @Override
    public void apply(Canvas canvas, Draws draws) {
      float factor = (float) (1 + most * draws.around());
      float[] levels = canvas.levels();
      for (int i = 0; i < levels.length; i++) {
        levels[i] = cut(levels[i] * factor);
      }
    }

    @Override
    public String toString() {
      return "brightness:" + ChangeText.number(most);
    }
  }

  /**
   * Brings levels farther from the mean of their channel, or nearer.
   *
   * @param most by which part
   */
  record Contrast(double most) implements Change {
    @Override
    public void apply(Canvas canvas, Draws draws) {
      float factor = (float) (1 + most * draws.around());
      int length = canvas.width() * canvas.height();
      for (int channel = 0; channel < canvas.channels(); channel++) {
        float mean = canvas.mean(channel);
        for (int i = canvas.plane(channel); i < canvas.plane(channel) + length; i++) {
          canvas.levels()[i] = cut(mean + (canvas.levels()[i] - mean) * factor);
        }
      }
    }

    @Override
    public String toString() {
      return "contrast:" + ChangeText.number(most);
    }
  }

  private static float cut(float level) {
    return Math.max(0, Math.min(WHITE, level));
  }
}
