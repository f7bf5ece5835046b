package dev.lockstep.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** A real browser without a window. */
record Chromium(Path executable, Path folder) {
  private static final int SECONDS = 60;

  /** What the person prefers; the number is Chromium's. */
  enum Scheme {
    DARK,
    LIGHT
  }

  /** The browser, if this machine has one. */
  static Optional<Chromium> find(Path folder) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(path -> Path.of(path, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(executable -> new Chromium(executable, folder));
  }

  BufferedImage picture(Path page, Scheme scheme, int width, int height) throws Exception {
    Path png = folder.resolve("page-" + scheme + width + ".png");
    run(page, scheme, width, height, "--screenshot=" + png);
    return ImageIO.read(png.toFile());
  }

  /** The page's markup after its scripts have run. */
  String document(Path page, Scheme scheme, int width) throws Exception {
    return run(page, scheme, width, 900, "--dump-dom");
  }

  private String run(Path page, Scheme scheme, int width, int height, String what)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
            "--blink-settings=preferredColorScheme=" + scheme.ordinal(),
            "--window-size=%d,%d".formatted(width, height),
            what,
            page.toUri().toString()));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("Chromium ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(out);
  }
}
