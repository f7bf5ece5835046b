package dev.lockstep.report.html;

import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.Png;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/** Small pictures inside the page. */
final class Images {
  private Images() {}

  static Html grid(ContactSheet sheet) {
    return grid(sheet.thumbnails().stream().map(t -> figure(t.image(), t.caption())).toList());
  }

  /** With their numbers as captions. */
  static Html numbered(List<BufferedImage> images) {
    return grid(
        IntStream.range(0, images.size())
            .mapToObj(i -> figure(images.get(i), String.valueOf(i)))
            .toList());
  }

  private static Html grid(List<Html> figures) {
    return Html.of("<div class='pictures'>%s</div>", Html.join(figures));
  }

  private static Html figure(BufferedImage image, String caption) {
    return Html.of(
        "<figure><img src='data:image/png;base64,%s' alt='%s'><figcaption>%s</figcaption></figure>",
        Base64.getEncoder().encodeToString(Png.of(image)), caption, caption);
  }
}
