package dev.lockstep.data.image;

import dev.lockstep.data.Preprocessing;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * What was said of how pictures become examples; the rest is as the first picture is.
 *
 * @param size null for that of the first picture, which all others must then have
 * @param fit null for {@link ImageFit#STRETCH} of grey pictures and {@link ImageFit#CROP} of colour
 * @param inversion null for {@link Inversion#NO}
 * @param channels null for {@link Channels#GREY}
 */
public record PictureChoice(Size size, ImageFit fit, Inversion inversion, Channels channels)
    implements Preprocessing {
  /** Of nothing. */
  public static final PictureChoice NONE = new PictureChoice(null, null, null, null);

  private static final float TINGE = 8;

  /** In pixels. */
  public record Size(int width, int height) implements Serializable {}

  /** What was said of pictures, in either form. */
  public static PictureChoice of(Optional<Preprocessing> said) {
    if (said.isPresent() && said.get() instanceof PictureChoice choice) {
      return choice;
    }
    return ImagePreprocessing.of(said).map(PictureChoice::all).orElse(NONE);
  }

  private static PictureChoice all(ImagePreprocessing given) {
    return new PictureChoice(
        new Size(given.width(), given.height()), given.fit(), given.inversion(), given.channels());
  }

  /** The same, with channels where none were said. */
  public PictureChoice orChannels(Channels usual) {
    return channels == null ? new PictureChoice(size, fit, inversion, usual) : this;
  }

  /** What a model has learnt from, but for what was said. */
  public ImagePreprocessing over(ImagePreprocessing learnt) {
    return new ImagePreprocessing(
        size == null ? learnt.width() : size.width(),
        size == null ? learnt.height() : size.height(),
        fit == null ? learnt.fit() : fit,
        inversion == null ? learnt.inversion() : inversion,
        channels == null ? learnt.channels() : channels);
  }

  /** Whether no picture has to be looked at. */
  boolean isComplete() {
    return size != null && channels != null;
  }

  /** As what the first picture is read: in colour where that may be lost. */
  Channels looksAt() {
    return channels == null ? Channels.RGB : channels;
  }

  /** All that is to be known, from the first picture where it was not said. */
  ImagePreprocessing completed(Optional<Pixels> first) {
    Channels read = channels == null ? Channels.GREY : channels;
    ImageFit usual = read == Channels.GREY ? ImageFit.STRETCH : ImageFit.CROP;
    return new ImagePreprocessing(
        size == null ? first.orElseThrow().width() : size.width(),
        size == null ? first.orElseThrow().height() : size.height(),
        size == null ? ImageFit.NONE : fit == null ? usual : fit,
        inversion == null ? Inversion.NO : inversion,
        read);
  }

  /** What is to be known if colours are not read and nobody said so. */
  Optional<String> lost(Optional<Pixels> first) {
    return channels == null && first.filter(PictureChoice::isColoured).isPresent()
        ? Optional.of("pictures are in colour and read as grey: --channels rgb keeps their colours")
        : Optional.empty();
  }

  /** All that was said, as far as it determines examples; empty if nothing was. */
  public Optional<String> text() {
    String colours = channels == Channels.RGB ? "rgb" : "";
    if (size == null) {
      return Optional.of(colours).filter(text -> !text.isEmpty());
    }
    ImagePreprocessing whole = completed(Optional.empty());
    String text =
        "%dx%d, fit %s, invert %s"
            .formatted(whole.width(), whole.height(), whole.fit(), whole.inversion());
    return Optional.of((colours.isEmpty() ? text : text + ", rgb").toLowerCase(Locale.ROOT));
  }

  private static boolean isColoured(Pixels picture) {
    float[] red = picture.planes().get(0).values();
    float[] green = picture.planes().get(1).values();
    float[] blue = picture.planes().get(2).values();
    for (int i = 0; i < red.length; i++) {
      // JPEG's rounding gives grey pictures a tinge.
      if (Math.abs(red[i] - green[i]) > TINGE || Math.abs(green[i] - blue[i]) > TINGE) {
        return true;
      }
    }
    return false;
  }
}
