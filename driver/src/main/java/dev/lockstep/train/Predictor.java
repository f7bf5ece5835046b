package dev.lockstep.train;

import dev.lockstep.data.DataError;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.Normaliser;
import dev.lockstep.models.SharedNetwork;
import dev.lockstep.models.TrainerFactory;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A network that predicts, as it travels to executors.
 *
 * @param parameters float32 [parameterCount]
 * @param length how many features an example has
 */
record Predictor(
    TrainerFactory trainers, float[] parameters, Normalisation normalisation, int length)
    implements Serializable {
  /** What the network says of each example; lazy, some at a time. */
  Iterator<float[]> predict(Iterator<float[]> examples) {
    return new Predictions(examples);
  }

  private final class Predictions implements Iterator<float[]> {
    private final Iterator<float[]> examples;
    private final SharedNetwork network = trainers.newSharedNetwork(parameters);
    private final Normaliser normaliser = new Normaliser(normalisation);
    private Iterator<float[]> ready = List.<float[]>of().iterator();

    Predictions(Iterator<float[]> examples) {
      this.examples = examples;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || examples.hasNext();
    }

    @Override
    public float[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (!ready.hasNext()) {
        ready = some();
      }
      return ready.next();
    }

    private Iterator<float[]> some() {
      List<float[]> taken = new ArrayList<>();
      while (taken.size() < SharedNetwork.batch(length) && examples.hasNext()) {
        taken.add(examples.next());
      }
      float[] features = new float[taken.size() * length];
      for (int row = 0; row < taken.size(); row++) {
        if (taken.get(row).length != length) {
          throw new DataError(
              "expected examples of %d features, found one of %d"
                  .formatted(length, taken.get(row).length));
        }
        normaliser.apply(taken.get(row), 0, features, row, length);
      }
      float[] outputs = network.output(features, taken.size());
      normalisation.restoreTargets(outputs);
      int width = outputs.length / taken.size();
      List<float[]> split = new ArrayList<>();
      for (int from = 0; from < outputs.length; from += width) {
        split.add(Arrays.copyOfRange(outputs, from, from + width));
      }
      return split.iterator();
    }
  }
}
