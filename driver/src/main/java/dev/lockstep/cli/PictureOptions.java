package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Faults;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.Inversion;
import dev.lockstep.data.image.PictureChoice;
import dev.lockstep.data.image.PictureChoice.Size;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How picture files become examples, where data is such. */
final class PictureOptions {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3})x([1-9]\\d{0,3})");

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--size",
      paramLabel = "WIDTHxHEIGHT",
      description =
          "Of pictures, in pixels. Default: that of the first, which all others must have; in"
              + " evaluate, the model's.")
  private String size;

  @Option(
      names = "--fit",
      paramLabel = "crop|stretch|pad|mnist|none",
      description =
          "How a picture of another size comes to --size: filling it, the middle of what is longer;"
              + " stretched; padded; as MNIST was made (20 of 28 pixels, centre of mass in the"
              + " middle); or not at all. Default: stretch, in colour crop.")
  private ImageFit fit;

  @Option(
      names = "--invert",
      paramLabel = "auto|yes|no",
      description =
          "Whether black and white of pictures change places; auto looks at the border. Needs --size."
              + " Default: no.")
  private Inversion inversion;

  @Option(
      names = "--channels",
      paramLabel = "grey|rgb",
      description =
          "As what pictures are read. Default: as the network takes them; without one, grey.")
  private Channels channels;

  @Option(names = "--strict", description = "Fail if any picture cannot be read.")
  private boolean strict;

  /** The same place, its pictures to be read so. */
  DataLocation of(DataLocation location) {
    DataLocation chosen = location.withFaults(strict ? Faults.STRICT : Faults.QUARANTINE);
    if (size == null && (fit != null || inversion != null)) {
      throw usage("--fit and --invert need --size, such as --size 28x28");
    }
    if (channels == Channels.RGB && fit == ImageFit.MNIST) {
      throw usage(
          "--fit mnist is of grey pictures: choose crop, stretch or pad with --channels rgb");
    }
    return size == null && channels == null
        ? chosen
        : chosen.withPictures(
            new PictureChoice(size == null ? null : size(), fit, inversion, channels));
  }

  private Size size() {
    Matcher pixels = SIZE.matcher(size);
    if (!pixels.matches()) {
      throw usage("--size must be WIDTHxHEIGHT of at most 9999 pixels each, not " + size);
    }
    return new Size(Integer.parseInt(pixels.group(1)), Integer.parseInt(pixels.group(2)));
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
