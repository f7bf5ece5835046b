package dev.lockstep.spark;

import java.io.Serializable;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.apache.spark.util.RpcUtils;
import org.apache.spark.util.ThreadUtils;
import org.apache.spark.util.Utils;
import scala.PartialFunction;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * In the driver: where tasks ask, and are answered at once or later. Questions and answers travel
 * as bytes, since Spark's own messages are read by a class loader that need not know ours.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public final class Desk<Q extends Serializable, A extends Serializable> implements AutoCloseable {
  private final RpcEnv rpc = SparkEnv.get().rpcEnv();
  private final String name = "lockstep-" + UUID.randomUUID();
  private final Clerk<Q, A> clerk;
  private final RpcEndpointRef endpoint;

  /** Answers; one question at a time. */
  public interface Clerk<Q, A> {
    /**
     * Takes a question.
     *
     * @param answer called once, now or later, in any thread
     */
    void asked(Q question, Consumer<A> answer);
  }

  public Desk(Clerk<Q, A> clerk) {
    this.clerk = clerk;
    endpoint = rpc.setupEndpoint(name, new Endpoint());
  }

  /** By which tasks find it. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    rpc.stop(endpoint);
  }

  /**
   * Asks the driver, in a task.
   *
   * @param desk its name
   * @return completed with the answer; exceptionally, if there is none in time
   */
  public static <Q extends Serializable, A extends Serializable> CompletableFuture<A> ask(
      String desk, Q question, long timeoutMillis) {
    SparkEnv env = SparkEnv.get();
    RpcTimeout timeout =
        new RpcTimeout(
            new FiniteDuration(timeoutMillis, TimeUnit.MILLISECONDS), "spark.lockstep.timeout");
    CompletableFuture<A> answer = new CompletableFuture<>();
    RpcUtils.makeDriverRef(desk, env.conf(), env.rpcEnv())
        .ask(Utils.serialize(question), timeout, ClassTag$.MODULE$.<byte[]>apply(byte[].class))
        .onComplete(
            result -> {
              try {
                answer.complete(Desk.<A>read(result.get()));
              } catch (Throwable e) { // of what kind it is, Scala does not declare
                answer.completeExceptionally(e);
              }
              return null;
            },
            ThreadUtils.sameThread());
    return answer;
  }

  /** Hadoop, by which some values are read, asks the thread for its class loader. */
  private static <T> T read(byte[] bytes) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader ours = Desk.class.getClassLoader();
    thread.setContextClassLoader(ours);
    try {
      return Utils.deserialize(bytes, ours);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private final class Endpoint implements ThreadSafeRpcEndpoint {
    @Override
    public RpcEnv rpcEnv() {
      return rpc;
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext caller) {
      return new AbstractPartialFunction<>() {
        @Override
        public boolean isDefinedAt(Object message) {
          return message instanceof byte[];
        }

        @Override
        public BoxedUnit apply(Object message) {
          clerk.asked(
              Desk.<Q>read((byte[]) message), answer -> caller.reply(Utils.serialize(answer)));
          return BoxedUnit.UNIT;
        }
      };
    }
  }
}
