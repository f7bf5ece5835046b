package dev.lockstep.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether anybody listens where the master of a standalone cluster is to be. Spark itself would try
 * for a minute, and then end the application.
 */
final class StandaloneMaster {
  private static final String SCHEME = "spark://";
  private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");
  private static final int PATIENCE_MILLIS = 3000;

  private StandaloneMaster() {}

  /**
   * Makes sure that one does; other masters are not looked at.
   *
   * @param master such as {@code spark://one:7077,two:7077}
   * @throws UserError if none does, with the reason of the last
   */
  static void expectReachable(String master) {
    if (!master.startsWith(SCHEME)) {
      return;
    }
    String problem = "";
    for (String address : master.substring(SCHEME.length()).split(",")) {
      Matcher parts = ADDRESS.matcher(address);
      if (!parts.matches()) {
        throw new UserError("--master %s: expected spark://HOST:PORT".formatted(master));
      }
      problem = problem(parts.group(1), Integer.parseInt(parts.group(2)));
      if (problem.isEmpty()) {
        return;
      }
    }
    throw new UserError(
        ExitCode.CLUSTER,
        "--master %s: %s: see that a master runs there (its web page shows its spark:// address;"
                .formatted(master, problem)
            + " cluster/bin/mini-cluster start runs one on this machine)");
  }

  /** Why no connection can be made; empty if one can. */
  private static String problem(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      return "";
    } catch (UnknownHostException e) {
      return "no host of that name is known";
    } catch (IOException | IllegalArgumentException e) {
      return "no connection: " + e.getMessage();
    }
  }
}
