package dev.lockstep.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * One labelled example.
 *
 * @param id unique within its data set and the same in every run: its number in the source
 * @param features row-major, of {@link Schema#featureLength()} values
 * @param target the class number alone for classification, else {@link Schema#targets()} values;
 *     then its weight, if it has one
 */
@DefaultSerializer(JavaSerializer.class)
public record Example(long id, Values features, float[] target) implements Serializable {

  /** An image and its class. */
  public static Example image(long id, byte[] pixels, int label) {
    return new Example(id, new Values.Bytes(pixels), new float[] {label});
  }

  /** Inputs and regression targets. */
  public static Example point(long id, float[] inputs, float... targets) {
    return new Example(id, new Values.Floats(inputs), targets);
  }
}
