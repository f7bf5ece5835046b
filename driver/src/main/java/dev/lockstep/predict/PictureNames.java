package dev.lockstep.predict;

import java.util.List;
import java.util.Locale;

/** Which files are taken for pictures: by name, since nobody wants to open all others. */
final class PictureNames {
  private static final List<String> EXTENSIONS =
      List.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp");

  private PictureNames() {}

  static boolean isPicture(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** As file managers and Hadoop do: what begins with a dot or an underscore is not for users. */
  static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  /** For messages. */
  static String extensions() {
    return String.join(", ", EXTENSIONS);
  }
}
