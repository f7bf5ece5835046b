package dev.lockstep.data.image;

import java.util.List;
import java.util.Locale;

/** Which files are taken for pictures: by name, since nobody wants to open all others. */
public final class PictureNames {
  private static final List<String> EXTENSIONS =
      List.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp");

  private PictureNames() {}

  /** Whether a file is named as a picture. */
  public static boolean isPicture(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** For messages. */
  public static String extensions() {
    return String.join(", ", EXTENSIONS);
  }
}
