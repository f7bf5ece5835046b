package dev.lockstep.report;

import dev.lockstep.data.Schema;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What each unit of a network's first layer looks for in a picture: red where light speaks for it,
 * blue where against.
 */
public final class WeightPictures {
  private static final int MOST_UNITS = 64;

  private final int width;
  private final int height;
  private final Parameter weights;

  private WeightPictures(int width, int height, Parameter weights) {
    this.width = width;
    this.height = height;
    this.weights = weights;
  }

  /**
   * For networks whose first layer sees all pixels of a grey picture, and has not too many units.
   */
  public static Optional<WeightPictures> of(NetworkOutline network, Schema data) {
    List<Integer> shape = data.featureShape();
    if (shape.size() != 2 || network.nodes().get(0).parameters().isEmpty()) {
      return Optional.empty();
    }
    Parameter weights = network.nodes().get(0).parameters().get(0);
    boolean drawable =
        weights.shape().size() == 2
            && weights.shape().get(0) == data.featureLength()
            && weights.shape().get(1) <= MOST_UNITS;
    return drawable
        ? Optional.of(new WeightPictures(shape.get(1), shape.get(0), weights))
        : Optional.empty();
  }

  /**
   * One picture for each unit, all on one scale.
   *
   * @param values float32 [parameterCount]: parameters, or something of each parameter
   */
  public List<BufferedImage> draw(float[] values) {
    float most = Float.MIN_NORMAL;
    for (int i = 0; i < weights.length(); i++) {
      most = Math.max(most, Math.abs(values[weights.offset() + i]));
    }
    float scale = most;
    int pixels = width * height;
    return IntStream.range(0, weights.length() / pixels)
        .mapToObj(unit -> picture(values, weights.offset() + unit * pixels, scale))
        .toList();
  }

  private BufferedImage picture(float[] values, int offset, float scale) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] colours = new int[width * height];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = colour(values[offset + i] / scale);
    }
    image.setRGB(0, 0, width, height, colours, 0, width);
    return image;
  }

  /** White at 0, red at 1, blue at -1. */
  private static int colour(float value) {
    int light = Math.round(255 * (1 - Math.abs(value)));
    return value < 0 ? light << 16 | light << 8 | 255 : 255 << 16 | light << 8 | light;
  }
}
