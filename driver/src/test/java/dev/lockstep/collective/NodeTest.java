package dev.lockstep.collective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collective.Message.Kind;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeTest {

  @Test
  void a_stranger_cannot_change_what_members_combine() throws Exception {
    Placement placement = new Placement(0, 1);
    try (Party party = new Party(placement, 2, Duration.ofSeconds(20));
        Stranger stranger = new Stranger(party.nodes.get(0).wire().address())) {
      List<Future<float[]>> results =
          party.start(
              (rank, collective) -> {
                float[] vector = {1, 2};
                for (int round = 0; round < 50; round++) {
                  if (rank == 0) {
                    stranger.send(share(new GroupId(UUID.randomUUID(), 0), round + 1));
                    stranger.send(ByteBuffer.wrap("GET / HTTP/1.1".getBytes("US-ASCII")));
                    stranger.send(share(party.id, round + 7));
                  }
                  collective.combine(Reduction.MEAN, 1, new double[1], vector);
                }
                return vector;
              });

      for (Future<float[]> result : results) {
        assertThat(result.get()).containsExactly(1, 2);
      }
    }
  }

  @Test
  void a_message_longer_than_any_expected_ends_the_connection() throws Exception {
    try (Party party = new Party(new Placement(0, 1), 2, Duration.ofSeconds(20));
        Stranger stranger = new Stranger(party.nodes.get(0).wire().address())) {
      stranger.out.writeLong(1L << 30);
      stranger.out.writeLong(0);

      assertThat(stranger.socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void only_the_given_address_is_listened_on() {
    try (Party party = new Party(new Placement(0, 1), 2, Duration.ofSeconds(20))) {
      assertThat(party.nodes.get(0).wire().address()).startsWith("127.0.0.1:");
    }
  }

  private static ByteBuffer share(GroupId id, int round) {
    ByteBuffer buffer = ByteBuffer.allocate(Message.bytes(1, 1));
    Message.begin(buffer, id, Kind.SHARE, round, 1, 1e9, 1, 1);
    buffer.putDouble(0).putFloat(1e9f);
    return buffer.flip();
  }

  /** Speaks Spark's framing: the length of all, the type of a one-way message, that of its body. */
  private static final class Stranger implements AutoCloseable {
    private static final int ONE_WAY = 9;

    final Socket socket;
    final DataOutputStream out;

    Stranger(String address) throws IOException {
      String[] parts = address.split(":");
      socket = new Socket(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
      out = new DataOutputStream(socket.getOutputStream());
    }

    void send(ByteBuffer body) throws IOException {
      out.writeLong(Long.BYTES + 1 + Integer.BYTES + body.remaining());
      out.writeByte(ONE_WAY);
      out.writeInt(body.remaining());
      out.write(body.array(), 0, body.remaining());
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
