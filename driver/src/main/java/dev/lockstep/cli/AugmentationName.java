package dev.lockstep.cli;

import dev.lockstep.data.DataError;
import dev.lockstep.data.augment.Augmentation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What users write for changes of pictures. */
final class AugmentationName implements ITypeConverter<Augmentation> {
  @Override
  public Augmentation convert(String value) {
    try {
      return Augmentation.of(value);
    } catch (DataError e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
