package dev.lockstep.report;

import dev.lockstep.train.ConfusionMatrix;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;

/** A confusion matrix as squares, darker where more. */
public record ConfusionPicture(ConfusionMatrix confusion) {
  private static final int CELL = 52;
  private static final int MARGIN = 60;

  /** The picture. */
  public Picture picture() {
    int side = MARGIN + CELL * confusion.classes() + 10;
    return new Picture(side, side, graphics -> paint(graphics, side));
  }

  private void paint(Graphics2D graphics, int side) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, side, side);
    graphics.setColor(Color.BLACK);
    graphics.drawString("predicted", MARGIN, 20);
    graphics.drawString("actual", 4, MARGIN - 8);
    for (int c = 0; c < confusion.classes(); c++) {
      int middle = MARGIN + CELL * c + CELL / 2;
      graphics.setColor(Color.BLACK);
      graphics.drawString(String.valueOf(c), 30, middle + 4);
      graphics.drawString(String.valueOf(c), middle - 4, 45);
      paintRow(graphics, c);
    }
  }

  private void paintRow(Graphics2D graphics, int actual) {
    long[] row = confusion.counts()[actual];
    long total = Math.max(1, Arrays.stream(row).sum());
    for (int predicted = 0; predicted < row.length; predicted++) {
      // The root lifts the rare mistakes out of the white.
      double share = Math.sqrt((double) row[predicted] / total);
      int light = (int) Math.round(255 * (1 - share));
      int x = MARGIN + CELL * predicted;
      int y = MARGIN + CELL * actual;
      graphics.setColor(new Color(light, light, 255));
      graphics.fillRect(x, y, CELL - 1, CELL - 1);
      graphics.setColor(share > 0.6 ? Color.WHITE : Color.BLACK);
      graphics.drawString(String.valueOf(row[predicted]), x + 8, y + CELL / 2 + 4);
    }
  }
}
