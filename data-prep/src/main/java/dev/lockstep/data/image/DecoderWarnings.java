package dev.lockstep.data.image;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** What a decoder remarks while it makes a picture of a file. */
final class DecoderWarnings implements IIOReadWarningListener {
  /** Pixels are missing or made up. What else libjpeg and the readers remark is harmless. */
  private static final Pattern DAMAGE =
      Pattern.compile(
          "truncated|missing EOI|premature end|corrupt|inconsistent progression"
              + "|unexpected end|end of file",
          Pattern.CASE_INSENSITIVE);

  /** Some cameras fill up the end of a file, where nothing is left to be read. */
  private static final Pattern FILLED =
      Pattern.compile("Corrupt JPEG data: \\d+ extraneous bytes before marker 0xd9");

  private final List<String> warnings = new ArrayList<>();

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    warnings.add(warning);
  }

  /**
   * Heeds them.
   *
   * @param content the file
   * @throws UnreadableImage if one means that the picture is not whole
   */
  void expectWhole(byte[] content) throws UnreadableImage {
    for (String warning : warnings) {
      // Of a progressive JPEG, whole scans may be missing there.
      boolean harmless = FILLED.matcher(warning).matches() && !isProgressive(content);
      if (DAMAGE.matcher(warning).find() && !harmless) {
        throw new UnreadableImage("is damaged: " + warning.lines().findFirst().orElseThrow());
      }
    }
  }

  /** Whether the frame of a JPEG file is of that kind: ITU-T T.81, marker SOF2. */
  private static boolean isProgressive(byte[] jpeg) {
    int at = 2;
    while (at + 3 < jpeg.length && (jpeg[at] & 0xff) == 0xff) {
      int marker = jpeg[at + 1] & 0xff;
      if (marker == 0xda || marker == 0xc0 || marker == 0xc1) {
        return false;
      }
      if (marker == 0xc2) {
        return true;
      }
      at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
    }
    return false;
  }
}
