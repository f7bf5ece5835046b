package dev.lockstep.report.html;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.NetworkOutline.Node;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import dev.lockstep.report.Figures;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.WeightPictures;
import dev.lockstep.report.html.Page.Width;
import dev.lockstep.report.html.RunLog.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network's layers and weights, each a card of a page. */
final class NetworkCards {
  private final Page page;
  private final RunSubject subject;

  NetworkCards(Page page, RunSubject subject) {
    this.page = page;
    this.subject = subject;
  }

  /**
   * What each unit looks for, where it sees pixels.
   *
   * @param before an earlier state, to tell what was learnt since then
   */
  void weights(ModelState state, Optional<Reached> before) {
    WeightPictures.of(subject.network(), subject.data())
        .ifPresent(
            pictures ->
                page.card(
                    "Weights of the first layer",
                    Width.FULL,
                    Html.join(
                        Images.numbered(pictures.draw(state.parameters())),
                        new Html(
                            "<p class='muted'>One picture for each unit: red where light speaks"
                                + " for it, blue where against.</p>"),
                        before.map(from -> learnt(pictures, from, state)).orElse(Html.NONE))));
  }

  /** The change of the weights, which random ones hide in the weights themselves. */
  private static Html learnt(WeightPictures pictures, Reached from, ModelState to) {
    float[] change = to.parameters().clone();
    float[] before = from.state().parameters();
    for (int i = 0; i < change.length; i++) {
      change[i] -= before[i];
    }
    return Html.join(
        Html.of(
            "<p class='muted above'>Their change since step %s</p>", Figures.count(from.step())),
        Images.numbered(pictures.draw(change)));
  }

  void layers() {
    List<List<String>> rows = new ArrayList<>();
    for (Node layer : subject.network().nodes()) {
      String shapes =
          String.join(
              ", ", layer.parameters().stream().map(p -> p.name() + " " + p.shape()).toList());
      long count = layer.parameters().stream().mapToLong(Parameter::length).sum();
      rows.add(
          List.of(
              layer.name(),
              layer.kind(),
              layer.activation().orElse(""),
              shapes,
              Figures.count(count)));
    }
    page.card(
        "Network",
        Width.HALF,
        Tables.of(List.of("layer", "kind", "activation", "parameters", "count"), rows));
  }
}
