package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StandaloneMasterTest {

  @Test
  void one_of_several_masters_is_enough() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String master = "spark://127.0.0.1:1,127.0.0.1:" + listening.getLocalPort();

      assertThatCode(() -> StandaloneMaster.expectReachable(master)).doesNotThrowAnyException();
    }
  }

  @Test
  void a_master_that_nobody_hears_costs_a_line_with_what_to_do() {
    assertThatThrownBy(() -> StandaloneMaster.expectReachable("spark://127.0.0.1:1"))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CLUSTER))
        .hasMessage(
            "--master spark://127.0.0.1:1: no connection: Connection refused: see that a master runs"
                + " there (its web page shows its spark:// address; cluster/bin/mini-cluster start"
                + " runs one on this machine)");
  }

  @Test
  void an_address_without_a_port_is_told() {
    assertThatThrownBy(() -> StandaloneMaster.expectReachable("spark://host"))
        .hasMessage("--master spark://host: expected spark://HOST:PORT");
  }

  @Test
  void other_clusters_are_left_to_spark() {
    assertThatCode(() -> StandaloneMaster.expectReachable("yarn")).doesNotThrowAnyException();
  }
}
