package dev.lockstep.models;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.deeplearning4j.nn.api.Model;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Layers in GFLOP/s, the counter {@code gflop}, beside the product of two large matrices: the most
 * that the core gives.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class LayerBenchmark {

  /** 10⁹ operations, shown a second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Operations {
    public double gflop;
  }

  /** Two layers of a kind, as the local step computes them. */
  @State(Scope.Thread)
  public static class Layers {
    @Param public TimedLayer layer;

    @Param("AUTO")
    public LocalStep localStep;

    private Minibatch minibatch;
    private LocalTrainer trainer;
    private float[] sum;

    @Setup
    public void load() {
      NetworkDefinition network = layer.network();
      Model model = network.newNetwork();
      TrainerFactory factory =
          LocalTrainers.factory(
              network, localStep, ExampleLayout.of(TimedLayer.CLASSES, layer.shape()));
      System.out.printf("%n# %s by %s%n", layer, factory.step());
      trainer = factory.newTrainer();
      trainer.load(new ModelState(model.params().toFloatVector(), new float[0], 0));
      sum = new float[(int) model.numParams()];
      minibatch = minibatch();
    }

    private Minibatch minibatch() {
      SplittableRandom random = new SplittableRandom(1);
      int length = 1;
      for (long dimension : layer.shape()) {
        length *= (int) dimension;
      }
      float[] features = new float[TimedLayer.BATCH * length];
      float[] labels = new float[TimedLayer.BATCH * TimedLayer.CLASSES];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) (random.nextDouble() - 0.5);
      }
      for (int row = 0; row < TimedLayer.BATCH; row++) {
        labels[row * TimedLayer.CLASSES + random.nextInt(TimedLayer.CLASSES)] = 1;
      }
      return new Minibatch(features, labels, TimedLayer.BATCH);
    }
  }

  /** Square matrices. */
  @State(Scope.Thread)
  public static class Matrices {
    private static final int SIDE = 1024;

    private final FloatPointer a = new FloatPointer(new float[SIDE * SIDE]);
    private final FloatPointer b = new FloatPointer(new float[SIDE * SIDE]);
    private final FloatPointer c = new FloatPointer(new float[SIDE * SIDE]);

    @Setup
    public void useOneThread() {
      openblas_nolapack.blas_set_num_threads(1);
    }
  }

  /** The peak: {@code sgemm} of 1024×1024 matrices. */
  @Benchmark
  public FloatPointer peak(Matrices matrices, Operations operations) {
    int side = Matrices.SIDE;
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasColMajor,
        openblas_nolapack.CblasNoTrans,
        openblas_nolapack.CblasNoTrans,
        side,
        side,
        side,
        1,
        matrices.a,
        side,
        matrices.b,
        side,
        0,
        matrices.c,
        side);
    operations.gflop += 2.0 * side * side * side / 1e9;
    return matrices.c;
  }

  /** The output of a minibatch. */
  @Benchmark
  public float[] forward(Layers layers, Operations operations) {
    operations.gflop += layers.layer.forward();
    return layers.trainer.output(layers.minibatch);
  }

  /** The gradient of a minibatch. */
  @Benchmark
  public double forwardAndBackward(Layers layers, Operations operations) {
    operations.gflop += layers.layer.forwardAndBackward();
    return layers.trainer.gradient(layers.minibatch, layers.sum);
  }
}
