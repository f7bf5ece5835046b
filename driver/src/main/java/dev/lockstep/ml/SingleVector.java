package dev.lockstep.ml;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.DataError;
import dev.lockstep.data.Normaliser;
import dev.lockstep.models.SharedNetwork;
import dev.lockstep.table.FeatureReader;
import dev.lockstep.table.InvalidRow;
import org.apache.spark.ml.linalg.Vector;

/** Tells vectors one by one, in this process. */
record SingleVector(
    FeatureReader reader, Normaliser normaliser, SharedNetwork network, ClassCoding coding) {
  /**
   * What the network says.
   *
   * @return probabilities of classes
   * @throws DataError if the vector cannot be used
   */
  float[] probabilities(Vector vector) {
    float[] features = new float[reader.length()];
    try {
      reader.read(vector, features, 0);
    } catch (InvalidRow e) {
      throw new DataError(e.getMessage(), e);
    }
    normaliser.apply(features, 0, features, 0, features.length);
    return coding.probabilities(network.output(features, 1));
  }
}
