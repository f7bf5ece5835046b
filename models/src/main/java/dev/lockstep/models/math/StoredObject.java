package dev.lockstep.models.math;

import dev.lockstep.models.ModelError;
import java.io.Serializable;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * An object of a network's configuration, of whatever class, as DL4J stores it. Each thread has its
 * own, as nobody says that threads may share it.
 */
final class StoredObject<T> implements Serializable {
  private final String json;
  private final Class<T> type;
  private transient volatile ThreadLocal<T> objects;

  private StoredObject(String json, Class<T> type) {
    this.json = json;
    this.type = type;
  }

  /**
   * @param type by which DL4J reads it
   */
  static <T> StoredObject<T> of(T object, Class<T> type) {
    try {
      return new StoredObject<>(NeuralNetConfiguration.mapper().writeValueAsString(object), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be stored: " + object.getClass(), e);
    }
  }

  /** The same, that nobody has asked yet. */
  StoredObject<T> copy() {
    return new StoredObject<>(json, type);
  }

  /** What its class is called. */
  String kind() {
    return object().getClass().getSimpleName();
  }

  /**
   * What the object of this thread answers, by matrices whose memory is then given back.
   *
   * @throws ModelError with what it says, if it fails
   */
  <A> A ask(Function<T, A> question) {
    T object = object(); // Before, as its own arrays are to last.
    try {
      return Nd4jMatrices.within(() -> question.apply(object));
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
      throw new ModelError("%s: %s".formatted(kind(), message), e);
    }
  }

  /** That of this thread. */
  T object() {
    ThreadLocal<T> known = objects;
    if (known == null) {
      synchronized (this) {
        known = objects;
        if (known == null) {
          known = ThreadLocal.withInitial(this::read);
          objects = known;
        }
      }
    }
    return known.get();
  }

  private T read() {
    try {
      return NeuralNetConfiguration.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredObject<?> that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }
}
