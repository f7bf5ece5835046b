package dev.lockstep.models.blas;

import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.math.FlatUpdater;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One step of 784-4096-4096-10 with Adam and 64 examples: 20 million parameters, 7.7 GFLOP. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 3)
public class LargeDenseBenchmark {
  private static final int INPUTS = 784;
  private static final int HIDDEN = 4096;
  private static final int CLASSES = 10;
  private static final int SIZE = 64;

  private LocalTrainer trainer;
  private Minibatch minibatch;
  private FlatUpdater updater;
  private NativeFloats parameters;
  private NativeFloats gradient;
  private NativeFloats x;
  private NativeFloats y;

  @Setup
  public void load() throws UnsupportedNetwork {
    NetworkDefinition network = network();
    DenseStack stack = DenseStackReader.read(network);
    Random random = new Random(1);
    float[] start = gaussian(random, stack.parameterCount());
    trainer = LocalTrainers.create(network, LocalStep.BLAS, CLASSES, INPUTS);
    trainer.load(new ModelState(start, new float[2 * start.length], 0));
    float[] labels = new float[SIZE * CLASSES];
    for (int row = 0; row < SIZE; row++) {
      labels[row * CLASSES + random.nextInt(CLASSES)] = 1;
    }
    minibatch = new Minibatch(gaussian(random, SIZE * INPUTS), labels, SIZE);
    updater = new FlatUpdater(stack.updates());
    parameters = NativeFloats.of(start);
    gradient = NativeFloats.of(start);
    x = NativeFloats.of(gaussian(random, SIZE * HIDDEN));
    y = new NativeFloats(SIZE * HIDDEN);
  }

  private static NetworkDefinition network() {
    return NetworkDefinition.of(
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-6))
            .list()
            .layer(dense(INPUTS))
            .layer(dense(HIDDEN))
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nIn(HIDDEN)
                    .nOut(CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build());
  }

  private static DenseLayer dense(int inputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(HIDDEN).activation(Activation.RELU).build();
  }

  private static float[] gaussian(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 0.02f * (float) random.nextGaussian();
    }
    return values;
  }

  /** The whole step. */
  @Benchmark
  public double step() {
    return trainer.step(minibatch);
  }

  /** Adam alone. */
  @Benchmark
  public void update() {
    updater.update(parameters.buffer, gradient.buffer, SIZE);
  }

  /** The largest of its eight products, 2.1 GFLOP. */
  @Benchmark
  public void product() {
    Blas.forward(x.pointer, parameters.pointer, y.pointer, SIZE, HIDDEN, HIDDEN);
  }
}
