package dev.lockstep.models.blas;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.math.ActivationFunction;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
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
 * One step of MNIST softmax, 784→10 with 64 images, against the arithmetic it cannot do without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LocalStepBenchmark {
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final int SIZE = 64;

  /** A step with each way of computing it. */
  @State(Scope.Thread)
  public static class Step {
    @Param({"BLAS", "DL4J"})
    public LocalStep localStep;

    @Param({"SGD", "ADAM"})
    public Optimizer optimizer;

    private final Minibatch minibatch = minibatch();
    private LocalTrainer trainer;

    @Setup
    public void load() {
      MultiLayerNetwork network =
          TutorialNetworks.softmax(INPUTS, CLASSES, optimizer.updater(1e-6), 1);
      trainer = LocalTrainers.create(NetworkDefinition.of(network), localStep, CLASSES, INPUTS);
      trainer.load(Dl4jLocalTrainer.stateOf(network));
    }
  }

  /** Buffers where BLAS wants them. */
  @State(Scope.Thread)
  public static class Bare {
    private final FloatPointer x = new FloatPointer(minibatch().features());
    private final FloatPointer weights = new FloatPointer(new float[INPUTS * CLASSES]);
    private final FloatPointer y = new FloatPointer(new float[SIZE * CLASSES]);
    private final FloatPointer gradient = new FloatPointer(new float[INPUTS * CLASSES]);
    private final float[] probabilities = new float[SIZE * CLASSES];

    private ActivationFunction softmax;

    @Setup
    public void prepare() throws UnsupportedNetwork {
      Blas.useOneThread();
      softmax = ActivationFunction.of(new ActivationSoftmax());
    }
  }

  private static Minibatch minibatch() {
    Random random = new Random(1);
    float[] features = new float[SIZE * INPUTS];
    float[] labels = new float[SIZE * CLASSES];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }
    for (int row = 0; row < SIZE; row++) {
      labels[row * CLASSES + random.nextInt(CLASSES)] = 1;
    }
    return new Minibatch(features, labels, SIZE);
  }

  /** The whole step: minibatch in, loss out, parameters updated. */
  @Benchmark
  public double step(Step step) {
    return step.trainer.step(step.minibatch);
  }

  /** Its two {@code cblas_sgemm} calls and a softmax, on buffers that stay where they are. */
  @Benchmark
  public float[] twoProductsAndSoftmax(Bare bare) {
    Blas.forward(bare.x, bare.weights, bare.y, SIZE, INPUTS, CLASSES);
    bare.y.get(bare.probabilities, 0, SIZE * CLASSES);
    bare.softmax.apply(bare.probabilities, SIZE, CLASSES);
    Blas.weightGradient(bare.x, bare.y, bare.gradient, SIZE, INPUTS, CLASSES);
    return bare.probabilities;
  }
}
