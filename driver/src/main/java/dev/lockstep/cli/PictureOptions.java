package dev.lockstep.cli;

import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataLocation.Faults;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.Inversion;
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
      paramLabel = "mnist|stretch|pad|none",
      description =
          "How a picture of another size comes to --size: as MNIST was made (20 of 28 pixels, centre"
              + " of mass in the middle), stretched, padded, or not at all. Default: stretch.")
  private ImageFit fit;

  @Option(
      names = "--invert",
      paramLabel = "auto|yes|no",
      description =
          "Whether black and white of pictures change places; auto looks at the border. Needs --size."
              + " Default: no.")
  private Inversion inversion;

  @Option(names = "--strict", description = "Fail if any picture cannot be read.")
  private boolean strict;

  /** The same place, its pictures to be read so. */
  DataLocation of(DataLocation location) {
    DataLocation chosen = location.withFaults(strict ? Faults.STRICT : Faults.QUARANTINE);
    if (size != null) {
      return chosen.withPictures(preprocessing());
    }
    if (fit != null || inversion != null) {
      throw usage("--fit and --invert need --size, such as --size 28x28");
    }
    return chosen;
  }

  private ImagePreprocessing preprocessing() {
    Matcher pixels = SIZE.matcher(size);
    if (!pixels.matches()) {
      throw usage("--size must be WIDTHxHEIGHT of at most 9999 pixels each, not " + size);
    }
    return new ImagePreprocessing(
        Integer.parseInt(pixels.group(1)),
        Integer.parseInt(pixels.group(2)),
        fit == null ? ImageFit.STRETCH : fit,
        inversion == null ? Inversion.NO : inversion);
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
