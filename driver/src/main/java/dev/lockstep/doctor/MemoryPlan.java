package dev.lockstep.doctor;

/**
 * What an executor needs beside its heap, by arithmetic: what every JVM of Spark needs, the native
 * libraries, and for each task slot one replica. A replica is the parameters, the gradient, two
 * moments, twice the parameters again for what BLAS mirrors, and what a minibatch becomes on its
 * way through the layers.
 *
 * @param heap of the executor, in bytes
 * @param slots task slots of the executor
 * @param parameters of the network
 * @param minibatchValues values of a minibatch in all layers together: examples times units
 */
public record MemoryPlan(long heap, int slots, long parameters, long minibatchValues) {
  /**
   * By how much a process grows when it loads ND4J and OpenBLAS and multiplies, and when it loads
   * oneDNN: VmRSS of Linux, 59 and 23 MB on x86_64.
   */
  private static final long NATIVES = 88L << 20;

  private static final int PARAMETER_VECTORS = 6;

  /**
   * Activations, their gradients, both again in other layouts, and scratch memory, of training and
   * of prediction: with oneDNN 3 (the example network cifar) to 6.3 times the values (lenet); and
   * some for the last minibatch, which is smaller.
   */
  private static final int MINIBATCH_VECTORS = 8;

  /** What Spark itself adds, where nothing is said: spark.executor.memoryOverheadFactor. */
  private static final double SPARK_FACTOR = 0.10;

  private static final long SPARK_LEAST = 384L << 20;

  /** Bytes of the replicas of all slots. */
  public long arrays() {
    return slots
        * Float.BYTES
        * (PARAMETER_VECTORS * parameters + MINIBATCH_VECTORS * minibatchValues);
  }

  /** What to set {@code spark.executor.memoryOverhead} to. */
  public long overhead() {
    return sparkDefault() + wholeMegabytes(NATIVES + arrays());
  }

  /** What Spark takes where nothing is said. */
  public long sparkDefault() {
    return Math.max(SPARK_LEAST, wholeMegabytes((long) (SPARK_FACTOR * heap)));
  }

  /** What to set {@code org.bytedeco.javacpp.maxbytes} to: all arrays, and what is freed late. */
  public long maxBytes() {
    return wholeMegabytes(NATIVES + arrays());
  }

  /** What to set {@code org.bytedeco.javacpp.maxphysicalbytes} to: the whole process. */
  public long maxPhysicalBytes() {
    return heap + overhead();
  }

  /** Both limits, as options of an executor's JVM. */
  public String javaOptions() {
    return "-Dorg.bytedeco.javacpp.maxbytes=%dm -Dorg.bytedeco.javacpp.maxphysicalbytes=%dm"
        .formatted(maxBytes() >> 20, maxPhysicalBytes() >> 20);
  }

  private static long wholeMegabytes(long bytes) {
    return (bytes + (1 << 20) - 1 >> 20) << 20;
  }
}
