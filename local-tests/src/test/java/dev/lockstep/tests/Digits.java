package dev.lockstep.tests;

import dev.lockstep.data.Examples;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** MNIST's images as picture files. */
record Digits(Examples block) {
  private static final int SIDE = 28;

  /** White on black, as they are. */
  BufferedImage image(int i) {
    float[] pixels = pixels(i);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int at = 0; at < pixels.length; at++) {
      image.getRaster().setSample(at % SIDE, at / SIDE, 0, Math.round(255 * pixels[at]));
    }
    return image;
  }

  /** float32 [784], 0..1. */
  float[] pixels(int i) {
    float[] pixels = new float[SIDE * SIDE];
    block.copy(i, 0, pixels, new float[block.schema().labelLength()]);
    return pixels;
  }

  /** Black on white, 140×140 in the middle of 200×200. */
  BufferedImage large(int i) {
    BufferedImage small = image(i);
    for (int at = 0; at < SIDE * SIDE; at++) {
      int x = at % SIDE;
      int y = at / SIDE;
      small.getRaster().setSample(x, y, 0, 255 - small.getRaster().getSample(x, y, 0));
    }
    BufferedImage large = new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = large.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 200, 200);
    graphics.drawImage(small, 30, 30, 5 * SIDE, 5 * SIDE, null);
    graphics.dispose();
    return large;
  }

  /** Writes a picture into a folder of its class, under its number. */
  void write(int i, BufferedImage image, Path folder, String format) throws IOException {
    Path file = folder.resolve("%d/%05d.%s".formatted(block.label(i), i, format));
    Files.createDirectories(file.getParent());
    ImageIO.write(image, format, file.toFile());
  }
}
