package dev.lockstep.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Something that was left out of a data set.
 *
 * @param path the file
 * @param reason why, to be read after the file's name: {@code is empty}
 */
@DefaultSerializer(JavaSerializer.class)
public record Reject(String path, String reason) implements Serializable {

  /** What to throw where nothing may be left out. */
  public DataError error() {
    return new DataError("%s: %s".formatted(path, reason));
  }
}
