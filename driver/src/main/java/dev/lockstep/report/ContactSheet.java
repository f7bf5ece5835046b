package dev.lockstep.report;

import dev.lockstep.data.PictureShape;
import dev.lockstep.data.image.PlanarPicture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Small pictures with captions, in rows. */
public record ContactSheet(List<Thumbnail> thumbnails) {
  /** Without pictures. */
  public static final ContactSheet NONE = new ContactSheet(List.of());

  private static final int COLUMNS = 10;
  private static final int SIDE = 56;
  private static final int CELL_WIDTH = SIDE + 16;
  private static final int CELL_HEIGHT = SIDE + 26;

  /**
   * One picture.
   *
   * @param pixels unsigned bytes [channels, height, width]
   * @param caption written under it
   */
  public record Thumbnail(byte[] pixels, PictureShape shape, String caption) {

    /** The pixels as they are. */
    public BufferedImage image() {
      return PlanarPicture.of(shape, pixels);
    }
  }

  /** All of them in one picture. */
  public Picture picture() {
    int rows = Math.max(1, (thumbnails.size() + COLUMNS - 1) / COLUMNS);
    int width = COLUMNS * CELL_WIDTH;
    int height = rows * CELL_HEIGHT;
    return new Picture(
        width,
        height,
        graphics -> {
          graphics.setColor(Color.WHITE);
          graphics.fillRect(0, 0, width, height);
          for (int i = 0; i < thumbnails.size(); i++) {
            paint(graphics, i);
          }
        });
  }

  private void paint(Graphics2D graphics, int index) {
    Thumbnail thumbnail = thumbnails.get(index);
    int x = index % COLUMNS * CELL_WIDTH + 8;
    int y = index / COLUMNS * CELL_HEIGHT + 4;
    graphics.drawImage(thumbnail.image(), x, y, SIDE, SIDE, null);
    graphics.setColor(Color.BLACK);
    graphics.drawString(thumbnail.caption(), x, y + SIDE + 14);
  }
}
