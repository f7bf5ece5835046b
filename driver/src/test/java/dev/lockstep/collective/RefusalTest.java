package dev.lockstep.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collective.Message.Kind;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peer must not send is refused, and changes nothing. */
class RefusalTest {
  private static final GroupId ID = new GroupId(UUID.randomUUID(), 0);

  private final Placement placement = new Placement(0, 1);
  private final Groups groups = new Groups();
  private final float[][] combined = {{1, 2, 3, 4}};
  private Group group;

  @BeforeEach
  void openGroup() {
    groups.join(ID, placement, 0, 0, 4, new Patience(java.time.Duration.ofSeconds(1), () -> false));
    group = groups.find(ID);
    group.inbox.open(1, combined);
  }

  @Test
  void what_is_expected_is_taken() {
    take(message(ID, Kind.SHARE, 1, 1, 2, 7, 8));
    take(message(ID, Kind.RESULT, 1, 1, 0, 9, 10));

    assertThat(group.inbox.shares[1]).containsExactly(7, 8);
    assertThat(group.inbox.weights[1]).isEqualTo(2);
    assertThat(combined[0]).containsExactly(1, 2, 9, 10);
  }

  @Test
  void whoever_does_not_know_the_token() {
    expectRefused(
        message(new GroupId(UUID.randomUUID(), 0), Kind.SHARE, 1, 1, 1, 7, 8), "no such group");
    expectRefused(message(new GroupId(ID.token(), 1), Kind.SHARE, 1, 1, 1, 7, 8), "no such group");
  }

  @Test
  void senders_that_are_no_members_elsewhere() {
    expectRefused(message(ID, Kind.SHARE, 1, 0, 1, 7, 8), "unknown sender");
    expectRefused(message(ID, Kind.SHARE, 1, 2, 1, 7, 8), "unknown sender");
    expectRefused(message(ID, Kind.RESULT, 1, -1, 0, 7, 8), "unknown sender");
  }

  @Test
  void rounds_out_of_sequence() {
    expectRefused(message(ID, Kind.SHARE, 2, 1, 1, 7, 8), "out of sequence");
    expectRefused(message(ID, Kind.RESULT, 2, 1, 0, 7, 8), "out of sequence");
    take(message(ID, Kind.SHARE, 1, 1, 1, 7, 8));
    expectRefused(message(ID, Kind.SHARE, 1, 1, 1, 0, 0), "out of sequence");
    expectRefused(message(ID, Kind.SHARE, 2, 1, 1, 0, 0), "out of sequence");

    assertThat(group.inbox.shares[1]).containsExactly(7, 8);
  }

  @Test
  void lengths_that_are_not_expected() {
    expectRefused(message(ID, Kind.SHARE, 1, 1, 1, 1, 2, 3, 4, 5), "too long");
    expectRefused(message(ID, Kind.RESULT, 1, 1, 0, 7, 8, 9), "wrong length");
    expectRefused(message(ID, Kind.RESULT, 1, 1, 0), "wrong length");
  }

  @Test
  void weights_that_are_no_weights() {
    expectRefused(message(ID, Kind.SHARE, 1, 1, -1, 7, 8), "weight is negative");
    expectRefused(message(ID, Kind.SHARE, 1, 1, Double.NaN, 7, 8), "weight is negative");
  }

  @Test
  void bytes_that_are_no_message() {
    expectRefused(ByteBuffer.allocate(0), "not a message of Lockstep");
    expectRefused(ByteBuffer.allocate(500), "not a message of Lockstep");
    expectRefused(altered(24, 9), "unknown kind of message");
    expectRefused(altered(44, 17), "too many notes");
    expectRefused(altered(44, -1), "too many notes");
    expectRefused(altered(48, 3), "length does not fit the head");
    expectRefused(altered(48, Integer.MAX_VALUE), "length does not fit the head");
    expectRefused(altered(48, -1), "length does not fit the head");
  }

  private static ByteBuffer altered(int at, int value) {
    return message(ID, Kind.SHARE, 1, 1, 1, 7, 8).putInt(at, value);
  }

  private static ByteBuffer message(
      GroupId id, Kind kind, int round, int sender, double weight, float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(Message.bytes(0, values.length));
    Message.begin(buffer, id, kind, round, sender, weight, 0, values.length);
    Message.put(buffer, values, 0, values.length);
    return buffer.flip();
  }

  private void take(ByteBuffer bytes) {
    Message message = Message.read(bytes);
    groups.find(message.group()).take(message);
  }

  private void expectRefused(ByteBuffer bytes, String why) {
    Consumer<ByteBuffer> taking = this::take;
    float[] before = combined[0].clone();

    assertThatThrownBy(() -> taking.accept(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
    assertThat(combined[0]).containsExactly(before);
  }
}
