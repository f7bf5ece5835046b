package dev.lockstep.report.tensorboard;

import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.NetworkOutline.Node;
import dev.lockstep.models.network.NetworkOutline.Parameter;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.WeightPictures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.framework.Summary;

/** How parameters are distributed, by how much they changed, and what they look like. */
final class StateSummaries {
  private final RunSubject subject;
  private final Optional<WeightPictures> pictures;
  private ModelState before;

  StateSummaries(RunSubject subject) {
    this.subject = subject;
    pictures = WeightPictures.of(subject.network(), subject.data());
  }

  /** Histograms of each parameter, and of its change since they were last asked for. */
  List<Summary.Value> histograms(ModelState state) {
    List<Summary.Value> values = new ArrayList<>();
    float[] change = before == null ? null : change(before.parameters(), state.parameters());
    for (Node layer : subject.network().nodes()) {
      for (Parameter parameter : layer.parameters()) {
        String name = layer.name() + "/" + parameter.name();
        values.add(histogram("parameters/" + name, state.parameters(), parameter));
        if (change != null) {
          values.add(histogram("updates/" + name, change, parameter));
        }
      }
    }
    before = state;
    return values;
  }

  private static float[] change(float[] from, float[] to) {
    float[] change = new float[to.length];
    for (int i = 0; i < to.length; i++) {
      change[i] = to[i] - from[i];
    }
    return change;
  }

  private static Summary.Value histogram(String tag, float[] values, Parameter parameter) {
    return Summaries.histogram(tag, Histograms.of(values, parameter.offset(), parameter.length()));
  }

  /** A picture of the weights of each unit that sees pixels. */
  List<Summary.Value> pictures(ModelState state) {
    List<Summary.Value> values = new ArrayList<>();
    List<BufferedImage> drawn = pictures.map(p -> p.draw(state.parameters())).orElse(List.of());
    for (int unit = 0; unit < drawn.size(); unit++) {
      values.add(Summaries.image("weights/unit_%02d".formatted(unit), drawn.get(unit)));
    }
    return values;
  }
}
