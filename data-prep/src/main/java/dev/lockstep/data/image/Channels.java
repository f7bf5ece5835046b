package dev.lockstep.data.image;

import java.util.Optional;

/** As what pictures are read, whatever they are stored as. */
public enum Channels {
  /** One plane of grey levels; of colours, their luma by ITU-R BT.601. */
  GREY(1),
  /** Three planes, red, green and blue, of the colour space sRGB (IEC 61966-2-1). */
  RGB(3);

  private final int count;

  Channels(int count) {
    this.count = count;
  }

  /** How many planes. */
  public int count() {
    return count;
  }

  /** Those of so many planes, if pictures can be read so. */
  public static Optional<Channels> of(int count) {
    return count == GREY.count
        ? Optional.of(GREY)
        : Optional.of(RGB).filter(colours -> colours.count == count);
  }
}
