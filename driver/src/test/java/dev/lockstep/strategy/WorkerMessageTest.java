package dev.lockstep.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.data.SparkExtension;
import java.util.UUID;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class WorkerMessageTest {
  private final UUID delivery = UUID.randomUUID();
  private final float[] content = new float[100_000];

  @Test
  void within_a_process_content_is_handed_over_and_not_sent(JavaSparkContext spark) {
    byte[] sent = SerializationUtils.serialize(message(delivery));

    assertThat(sent).hasSizeLessThan(1_000);
    WorkerMessage<float[]> received = SerializationUtils.deserialize(sent);
    assertThat(received.open()).isSameAs(content);
    WorkerMessage.ended(delivery);
  }

  @Test
  void what_was_left_is_forgotten_with_its_delivery_only(JavaSparkContext spark) {
    UUID other = UUID.randomUUID();
    WorkerMessage<float[]> ended = message(delivery);
    WorkerMessage<float[]> awaited = message(other);

    WorkerMessage.ended(delivery);

    assertThat(ended.open()).isNull();
    assertThat(awaited.open()).isSameAs(content);
    WorkerMessage.ended(other);
  }

  private WorkerMessage<float[]> message(UUID delivery) {
    return WorkerMessage.of(new WorkerMessage.Label(delivery, 0), content);
  }
}
