package dev.lockstep.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.report.ComparedRun;
import dev.lockstep.report.html.Chromium.Scheme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at reports in a real browser. */
@Tag("slow")
class RunReportBrowserTest {
  /** Measures the page from within; the page's own policy would forbid a script. */
  private static final String PROBE =
      """
      <script>
      const root = document.documentElement, empty = [];
      for (const card of document.querySelectorAll('.card'))
        if (card.getBoundingClientRect().height < 60) empty.push(card.textContent);
      const columns = getComputedStyle(document.querySelector('main')).gridTemplateColumns;
      root.dataset.probe = JSON.stringify({
        overflow: root.scrollWidth > root.clientWidth,
        columns: columns.split(' ').length,
        empty: empty.length,
        broken: [...document.images].filter(image => !image.naturalWidth).length,
      }).replaceAll('"', '');
      </script>
      """;

  @TempDir private Path folder;
  private Chromium browser;

  @BeforeEach
  void findBrowser() {
    Optional<Chromium> found = Chromium.find(folder);
    assumeTrue(found.isPresent(), "chromium is not installed: apt-get install chromium");
    browser = found.get();
  }

  @Test
  void a_report_fits_wide_and_narrow_windows() throws Exception {
    Path page = probed(new ReportPages(folder).run());

    assertThat(browser.document(page, Scheme.LIGHT, 1280))
        .contains("{overflow:false,columns:2,empty:0,broken:0}");
    assertThat(browser.document(page, Scheme.LIGHT, 500))
        .contains("{overflow:false,columns:1,empty:0,broken:0}");
  }

  @Test
  void a_report_is_light_or_dark_as_the_person_prefers() throws Exception {
    Path page = new ReportPages(folder).run();

    assertThat(brightness(browser.picture(page, Scheme.LIGHT, 1280, 900))).isGreaterThan(200);
    assertThat(brightness(browser.picture(page, Scheme.DARK, 1280, 900))).isLessThan(60);
  }

  @Test
  void a_comparison_fits_too() throws Exception {
    List<ComparedRun> runs = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      for (String kind : List.of("tanh sgd", "relu adam")) {
        runs.add(
            new ComparedRun(
                kind + seed,
                "nothing else",
                kind,
                seed,
                Map.of("optimizer", kind.substring(5)),
                new double[] {1, 2, 3},
                new double[] {1, 0.1 * seed, 0.01 * seed},
                0.01 * seed,
                seed == 3,
                1));
      }
    }
    Path page = folder.resolve("comparison.html");
    new ComparisonReport("compare nonlinear", runs).save(page, Map.of("Spark", "3.5"));

    assertThat(browser.document(probed(page), Scheme.DARK, 500))
        .contains("{overflow:false,columns:1,empty:0,broken:0}", "Diverged: 2 runs");
  }

  private static double brightness(BufferedImage picture) {
    long sum = 0;
    for (int y = 0; y < picture.getHeight(); y += 3) {
      for (int x = 0; x < picture.getWidth(); x += 3) {
        sum += picture.getRGB(x, y) >> 8 & 255;
      }
    }
    return 9.0 * sum / ((double) picture.getHeight() * picture.getWidth());
  }

  private Path probed(Path page) throws IOException {
    String html = Files.readString(page).replaceFirst("<meta http-equiv[^>]*>", "") + PROBE;
    return Files.writeString(folder.resolve("probed.html"), html);
  }
}
