package dev.lockstep.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What a classifier says of one example.
 *
 * @param id of the example
 * @param label its class
 * @param predicted the class of the highest probability, the lower number on a tie
 * @param probability of that class, 0..1
 */
@DefaultSerializer(JavaSerializer.class)
public record Prediction(long id, int label, int predicted, float probability)
    implements Serializable {

  static Prediction of(long id, int label, float[] probabilities, int row, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (probabilities[row * classes + c] > probabilities[row * classes + best]) {
        best = c;
      }
    }
    return new Prediction(id, label, best, probabilities[row * classes + best]);
  }

  /** Whether the class was recognised. */
  public boolean isRight() {
    return label == predicted;
  }
}
