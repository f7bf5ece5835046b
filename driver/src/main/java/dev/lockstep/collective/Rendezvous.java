package dev.lockstep.collective;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Where, in the driver, the processes of a group tell each other their addresses: each asks with
 * its own, and is answered with all when all have asked. Messages are arrays of strings, which any
 * class loader knows.
 */
public final class Rendezvous implements AutoCloseable {
  private final RpcEnv rpc = SparkEnv.get().rpcEnv();
  private final String name = "lockstep-" + UUID.randomUUID();
  private final RpcEndpointRef endpoint = rpc.setupEndpoint(name, new Endpoint(rpc));

  /** By which processes find it. */
  public String name() {
    return name;
  }

  static String[] question(GroupId id, Placement placement, int process, String address) {
    return new String[] {
      id.toString(), String.valueOf(placement.processes()), String.valueOf(process), address
    };
  }

  @Override
  public void close() {
    rpc.stop(endpoint);
  }

  private static final class Endpoint implements ThreadSafeRpcEndpoint {
    private final RpcEnv rpc;
    private final Map<String, Waiting> meetings = new HashMap<>();

    /** Processes of a group that have asked. */
    private record Waiting(String[] addresses, Map<Integer, RpcCallContext> callers) {}

    Endpoint(RpcEnv rpc) {
      this.rpc = rpc;
    }

    @Override
    public RpcEnv rpcEnv() {
      return rpc;
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext caller) {
      return new AbstractPartialFunction<>() {
        @Override
        public boolean isDefinedAt(Object message) {
          return message instanceof String[] parts && parts.length == 4;
        }

        @Override
        public BoxedUnit apply(Object message) {
          answer((String[]) message, caller);
          return BoxedUnit.UNIT;
        }
      };
    }

    private void answer(String[] question, RpcCallContext caller) {
      int processes = Integer.parseInt(question[1]);
      Waiting meeting =
          meetings.computeIfAbsent(
              question[0], unused -> new Waiting(new String[processes], new HashMap<>()));
      int process = Integer.parseInt(question[2]);
      meeting.addresses()[process] = question[3];
      meeting.callers().put(process, caller);
      if (meeting.callers().size() == processes) {
        meetings.remove(question[0]);
        meeting.callers().values().forEach(each -> each.reply(meeting.addresses()));
      }
    }
  }
}
