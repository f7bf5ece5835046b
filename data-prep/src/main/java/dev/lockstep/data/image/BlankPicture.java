package dev.lockstep.data.image;

/** A picture on which nothing is drawn. */
public final class BlankPicture extends UnreadableImage {
  BlankPicture() {
    super("is blank: nothing is drawn on it");
  }
}
