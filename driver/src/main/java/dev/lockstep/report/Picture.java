package dev.lockstep.report;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * Something drawn, to be saved as PNG and as SVG.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record Picture(int width, int height, Consumer<Graphics2D> paint) {

  /** The picture as pixels. */
  public BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pixels = image.createGraphics();
    pixels.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    paint.accept(pixels);
    pixels.dispose();
    return image;
  }

  /** Writes {@code name.png} and {@code name.svg}. */
  public void save(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    ImageIO.write(image(), "png", folder.resolve(name + ".png").toFile());
    VectorGraphics2D vectors = new VectorGraphics2D();
    paint.accept(vectors);
    Document svg =
        new SVGProcessor().getDocument(vectors.getCommands(), new PageSize(width, height));
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".svg"))) {
      svg.writeTo(out);
    }
  }
}
