package dev.lockstep.report.html;

import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.PlanarPicture;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.PictureTally.Line;
import dev.lockstep.predict.PictureTally.Unreadable;
import dev.lockstep.predict.Thumbnails.Shown;
import dev.lockstep.predict.Thumbnails.Thumbnail;
import dev.lockstep.report.Figures;
import dev.lockstep.report.Png;
import dev.lockstep.train.ConfusionMatrix;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One page about predictions: those that are least certain with their pictures, those that are
 * wrong marked; how predictions compare with labels; what could not be read. However many pictures
 * there were, the page shows as many as a tally keeps.
 *
 * @param images as the user named them
 * @param leastCertain in their order
 */
public record PredictionReport(
    PictureModel model, List<String> images, PictureTally tally, List<Shown> leastCertain) {

  /** Writes the page. */
  public void save(Path file) throws IOException {
    Page page = new Page("Predictions", String.join(", ", images));
    page.tile("predicted", Figures.count(tally.predicted()));
    if (tally.blank() > 0) {
      page.tile("blank", Figures.count(tally.blank()));
    }
    page.tile("not readable", Figures.count(tally.quarantined()));
    ConfusionMatrix confusion = new ConfusionMatrix(tally.confusionCounts(model.classes().size()));
    if (tally.labelled() > 0) {
      page.tile("accuracy", Figures.proportion(confusion.accuracy()));
      page.tile("wrong", Figures.count(confusion.total() - confusion.correct()));
    }
    if (!leastCertain.isEmpty()) {
      page.card("Least certain first", Page.Width.FULL, sheet());
    }
    if (tally.labelled() > 0) {
      ConfusionTable table = new ConfusionTable(confusion, model.classes());
      page.card("Confusion matrix", Page.Width.HALF, table.matrix());
      page.card("Classes", Page.Width.HALF, table.perClass());
    }
    if (tally.quarantined() > 0) {
      page.card("Not readable", Page.Width.FULL, unreadable());
    }
    page.card("Made with", Page.Width.FULL, Tables.of(settings()));
    page.save(file);
  }

  private Html sheet() {
    String about =
        "%s of %s predictions, each as it is stored and as the network saw it"
            .formatted(Figures.count(leastCertain.size()), Figures.count(tally.predicted()));
    return Html.of(
        "<p class='muted'>%s%s</p><div class='sheet'>%s</div>",
        about,
        tally.labelled() > 0 ? "; the wrong ones are marked" : "",
        Html.join(leastCertain.stream().map(this::figure).toList()));
  }

  private Html figure(Shown shown) {
    Line line = shown.line();
    String name = line.path().substring(line.path().lastIndexOf('/') + 1);
    return Html.of(
        "<figure class='%s' title='%s'><div>%s%s</div><figcaption><b>%s</b> %s%s"
            + "<br>then %s<br><span>%s</span></figcaption></figure>",
        line.isWrong() ? "wrong" : "",
        line.path(),
        image(shown.picture(), "stored"),
        image(shown.input(), "seen"),
        model.classes().get(line.prediction()),
        Figures.proportion(line.probability()),
        line.isWrong() ? Html.of(" <em>is %s</em>", model.classes().get(line.label())) : Html.NONE,
        model.classes().get(line.second()),
        name);
  }

  private static Html image(Thumbnail thumbnail, String kind) {
    if (thumbnail == null) {
      return Html.of("<i class='%s'>gone</i>", kind);
    }
    BufferedImage image = PlanarPicture.of(thumbnail.shape(), thumbnail.levels());
    return Html.of(
        "<img class='%s' alt='' src='data:image/png;base64,%s'>",
        kind, Base64.getEncoder().encodeToString(Png.of(image)));
  }

  private Html unreadable() {
    List<List<String>> rows = new ArrayList<>();
    for (Unreadable file : tally.unreadable()) {
      rows.add(List.of(file.path(), file.reason()));
    }
    long more = tally.quarantined() - rows.size();
    return Html.of(
        "%s<p class='muted'>%s</p>",
        Tables.of(List.of("picture", "reason"), rows),
        more > 0 ? "and %s more".formatted(Figures.count(more)) : "");
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", model.id());
    ImagePreprocessing input = model.preprocessing();
    settings.put("input", input.width() + " × " + input.height() + channels(input));
    settings.put("fit", input.fit().name().toLowerCase(Locale.ROOT));
    settings.put("invert", input.inversion().name().toLowerCase(Locale.ROOT));
    settings.put("classes", String.join(", ", model.classes()));
    return settings;
  }

  private static String channels(ImagePreprocessing input) {
    return input.channels() == Channels.GREY ? "" : ", in colour";
  }
}
