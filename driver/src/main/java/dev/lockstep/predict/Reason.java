package dev.lockstep.predict;

import dev.lockstep.data.FileSystems;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Why something went wrong, in a few words on one line. */
public final class Reason {
  private Reason() {}

  /** Of what went wrong with a file. */
  public static String of(Throwable e) {
    Optional<String> known = FileSystems.reason(e);
    if (known.isPresent()) {
      return known.get();
    }
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException at && at.getReason() != null) {
      return at.getReason();
    }
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
