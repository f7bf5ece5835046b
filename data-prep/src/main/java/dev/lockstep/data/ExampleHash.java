package dev.lockstep.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A hash of a set of examples: the same in whatever order, partitions, files and format they come,
 * and another if any value, label or number of copies differs. It is the sum, in two 64-bit halves,
 * of the first 128 bits of the SHA-256 of each example: of its features, as bytes if all of them
 * are whole numbers from 0 to 255 and else as float32, followed by its target as float32.
 */
public final class ExampleHash implements Serializable {
  private static final int BYTES = 0;
  private static final int FLOATS = 1;

  private long high;
  private long low;
  private transient MessageDigest digest;

  /** Takes in one example. */
  public void add(Example example) {
    Values canonical = canonical(example.features());
    float[] target = example.target();
    boolean bytes = canonical instanceof Values.Bytes;
    ByteBuffer content =
        ByteBuffer.allocate(
            1 + canonical.length() * (bytes ? 1 : Float.BYTES) + target.length * Float.BYTES);
    content.put((byte) (bytes ? BYTES : FLOATS));
    if (canonical instanceof Values.Bytes pixels) {
      content.put(pixels.values());
    } else if (canonical instanceof Values.Floats floats) {
      put(content, floats.values());
    }
    put(content, target);
    ByteBuffer hash = ByteBuffer.wrap(digest().digest(content.array()));
    high += hash.getLong();
    low += hash.getLong();
  }

  /** That of examples as they are held. */
  public static ExampleHash of(Examples held) {
    ExampleHash hash = new ExampleHash();
    float[] target = new float[held.schema().targetWidth()];
    for (int i = 0; i < held.size(); i++) {
      for (int at = 0; at < target.length; at++) {
        target[at] = held.target(i, at);
      }
      hash.add(new Example(held.id(i), held.stored(i), target));
    }
    return hash;
  }

  private static Values canonical(Values features) {
    if (!(features instanceof Values.Floats floats)) {
      return features;
    }
    byte[] bytes = new byte[floats.length()];
    for (int i = 0; i < bytes.length; i++) {
      float value = floats.values()[i];
      bytes[i] = (byte) (int) value;
      if ((bytes[i] & 0xff) != value) {
        return features;
      }
    }
    return new Values.Bytes(bytes);
  }

  private static void put(ByteBuffer content, float[] values) {
    for (float value : values) {
      content.putFloat(value);
    }
  }

  private MessageDigest digest() {
    if (digest == null) {
      digest = sha256();
    }
    return digest;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Takes in what another has seen. */
  public void merge(ExampleHash other) {
    high += other.high;
    low += other.low;
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
