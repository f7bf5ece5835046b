package dev.lockstep.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.lockstep.models.ArrayShape;
import dev.lockstep.models.ExampleLayout;
import dev.lockstep.models.ExampleLayout.Part;
import dev.lockstep.models.LocalStep;
import dev.lockstep.models.LocalTrainer;
import dev.lockstep.models.LocalTrainers;
import dev.lockstep.models.Minibatch;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.ExampleNetwork;
import dev.lockstep.models.onednn.OneDnnCase;
import dev.lockstep.models.onednn.RandomNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What ONNX Runtime computes against what DL4J does, of the same networks and minibatches. */
class OnnxModelTest {
  private static final double TOLERANCE = 1e-5;
  private static final int SIZE = 6;

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "dev.lockstep.models.onednn.OneDnnNetworks#stacks",
    "dev.lockstep.models.onednn.OneDnnNetworks#graphs",
    "dev.lockstep.models.onednn.OneDnnNetworks#recurrent",
    "dev.lockstep.models.onednn.OneDnnNetworks#otherConvolutions",
    "dev.lockstep.models.onednn.OtherNetworks#all",
    "dev.lockstep.models.onednn.OtherNetworks#frozen",
    "dev.lockstep.models.onednn.SequenceNetworks#numbers",
    "dev.lockstep.models.onednn.SequenceNetworks#plain",
    "dev.lockstep.models.onednn.SequenceNetworks#channelsLast",
    "dev.lockstep.models.onnx.OnnxNetworks#activations",
    "dev.lockstep.models.onnx.OnnxNetworks#recurrent",
    "dev.lockstep.models.onnx.OnnxNetworks#places"
  })
  void another_program_gives_the_same(OneDnnCase network) throws OrtException {
    OneDnnCase plain = unmasked(network);
    expectSame(plain, trained(plain, LocalStep.AUTO, 2));
  }

  /** The graph has no masks. */
  private static OneDnnCase unmasked(OneDnnCase network) {
    ExampleLayout layout =
        new ExampleLayout(
            unmasked(network.layout().features()), unmasked(network.layout().labels()));
    return new OneDnnCase(network.name(), network.network(), layout, network.numbers());
  }

  private static List<Part> unmasked(List<Part> parts) {
    return parts.stream()
        .map(part -> new Part(ArrayShape.fixed(part.values().dimensions()), null))
        .toList();
  }

  /** Steps make what is 0 or 1 at first something else, such as running statistics. */
  private static ModelState trained(OneDnnCase network, LocalStep by, int steps) {
    LocalTrainer trainer = network.trainer(by);
    trainer.load(network.start());
    for (int step = 0; step < steps; step++) {
      trainer.step(network.minibatch(new Random(step), SIZE));
    }
    ModelState state = trainer.state();
    trainer.close();
    return state;
  }

  private static void expectSame(OneDnnCase network, ModelState state) throws OrtException {
    List<List<Integer>> shapes =
        network.layout().features().stream().map(part -> part.values().dimensions()).toList();
    OnnxModel model =
        OnnxModel.of(network.network(), state.parameters(), OnnxSettings.ofShapes(shapes));
    expectSame(network, state, model);
  }

  private static void expectSame(OneDnnCase network, ModelState state, OnnxModel model)
      throws OrtException {
    float[][] inputs = inputs(network);
    List<float[]> expected = dl4j(network, state, inputs);
    try (OnnxSession session = new OnnxSession(model)) {
      List<float[]> found = session.run(SIZE, inputs);
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertSame(found.get(i), expected.get(i));
      }
    }
  }

  private static float[][] inputs(OneDnnCase network) {
    Minibatch minibatch = network.minibatch(new Random(99), SIZE);
    ExampleLayout layout = network.layout();
    return split(minibatch.features(), layout.features(), layout.featureLength());
  }

  private static List<float[]> dl4j(OneDnnCase network, ModelState state, float[]... inputs) {
    INDArray[] arrays = new INDArray[inputs.length];
    for (int i = 0; i < arrays.length; i++) {
      List<Integer> shape = network.layout().features().get(i).values().dimensions();
      long[] whole = IntStream.concat(IntStream.of(SIZE), ints(shape)).asLongStream().toArray();
      arrays[i] = Nd4j.createFromArray(inputs[i]).reshape('c', whole);
    }
    Model dl4j = network.network().newNetwork();
    Dl4jLocalTrainer.load(dl4j, state);
    INDArray[] outputs =
        dl4j instanceof ComputationGraph graph
            ? graph.output(arrays)
            : new INDArray[] {((MultiLayerNetwork) dl4j).output(arrays[0])};
    return Stream.of(outputs).map(output -> output.dup('c').data().asFloat()).toList();
  }

  private static IntStream ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue);
  }

  static void assertSame(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertThat(found[i])
          .as("value %d of %d", i, expected.length)
          .isCloseTo(expected[i], within((float) allowed));
    }
  }

  /** Rows of all parts as those of each. */
  private static float[][] split(float[] rows, List<Part> parts, int length) {
    float[][] split = new float[parts.size()][];
    int from = 0;
    for (int i = 0; i < split.length; i++) {
      int own = parts.get(i).length();
      split[i] = new float[SIZE * own];
      for (int row = 0; row < SIZE; row++) {
        System.arraycopy(rows, row * length + from, split[i], row * own, own);
      }
      from += own;
    }
    return split;
  }

  @ParameterizedTest
  @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
  void networks_known_by_name_give_the_same(ExampleNetwork network) throws OrtException {
    ExampleLayout layout =
        switch (network) {
          case SOFTMAX, MLP, WIDE -> ExampleLayout.of(10, 784);
          case LENET -> ExampleLayout.of(10, 1, 28, 28);
          case CIFAR, RESNET20 -> ExampleLayout.of(10, 3, 32, 32);
          case LSTM ->
              new ExampleLayout(
                  List.of(OnnxNetworks.part(64, 8)), List.of(OnnxNetworks.part(64, 8)));
        };
    OneDnnCase known = new OneDnnCase(network.toString(), network.definition(), layout);
    expectSame(known, trained(known, LocalStep.AUTO, 4));
  }

  @Test
  void random_networks_give_the_same() throws OrtException {
    int built = 0;
    for (long seed = 0; built < 25; seed++) {
      RandomNetwork random = new RandomNetwork(seed);
      OneDnnCase network =
          new OneDnnCase(
              "seed " + seed,
              NetworkDefinition.of(random.configuration(DataType.FLOAT)),
              random.layout());
      ModelState state;
      try {
        state = trained(network, LocalStep.DL4J, 1);
        dl4j(network, state, inputs(network));
      } catch (DL4JInvalidInputException | IllegalStateException | ModelError e) {
        continue; // DL4J infers widths that it then refuses, or finds arrays of its own misplaced.
      }
      if (state.isFinite()) {
        expectSame(network, state);
        built++;
      }
    }
  }

  @Test
  void sequences_may_be_of_any_length() throws OrtException {
    Layer both = new Bidirectional(new LSTM.Builder().nOut(5).build());
    OneDnnCase known =
        OnnxNetworks.sequences(
            "any length", both, new GlobalPoolingLayer(PoolingType.AVG), OnnxNetworks.output());
    ModelState state = known.start();
    OnnxModel model =
        OnnxModel.of(known.network(), state.parameters(), OnnxSettings.ofShapes(List.of()));

    assertThat(model.inputs()).hasToString("[features float32 [batch, 4, features_steps]]");
    assertThat(model.outputs()).hasToString("[output float32 [batch, 3]]");
    assertThat(model.takesSequences()).isTrue();
    for (int steps : new int[] {1, 6, 11}) {
      OneDnnCase longer =
          new OneDnnCase(
              "of another length",
              known.network(),
              new ExampleLayout(
                  List.of(new Part(ArrayShape.fixed(List.of(4, steps)), null)),
                  known.layout().labels()));
      expectSame(longer, state, model);
    }
  }

  @Test
  void pictures_come_as_bytes_and_are_normalised_in_the_graph() throws OrtException {
    NetworkDefinition network = ExampleNetwork.CIFAR.definition();
    ModelState state = Dl4jLocalTrainer.stateOf(network.newNetwork());
    OnnxPreparation preparation =
        new OnnxPreparation(
            Optional.of(new OnnxPreparation.Picture(32, 32, 3)),
            List.of(120.0, 110.0, 100.0),
            List.of(1 / 60.0, 1 / 50.0, 1 / 40.0),
            List.of(),
            List.of(),
            OnnxPreparation.Classes.EACH);
    OnnxModel model =
        OnnxModel.of(
            network,
            state.parameters(),
            new OnnxSettings(
                List.of(List.of(3, 32, 32)), Optional.of(preparation), Map.of("a", "ä"), "1"));
    byte[] pixels = new byte[SIZE * 3 * 32 * 32];
    new Random(3).nextBytes(pixels);
    float[] planes = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i % 3;
      int place = i / 3 % 1024;
      int row = i / 3072;
      double level = pixels[i] & 0xff;
      planes[row * 3072 + channel * 1024 + place] =
          (float) ((level - (120 - 10 * channel)) / (60 - 10 * channel));
    }
    LocalTrainer trainer = LocalTrainers.create(network, LocalStep.AUTO, 10, 3, 32, 32);
    trainer.load(state);
    float[] expected = trainer.output(new Minibatch(planes, new float[SIZE * 10], SIZE));
    trainer.close();

    assertThat(model.inputs()).hasToString("[features uint8 [batch, 32, 32, 3]]");
    try (OnnxSession session = new OnnxSession(model)) {
      assertSame(session.run(SIZE, pixels).get(0), expected);
      assertThat(session.metadata()).containsExactlyEntriesOf(Map.of("a", "ä"));
    }
  }

  @Test
  void the_rows_of_a_picture_may_be_taken_as_a_sequence() throws OrtException {
    OneDnnCase known =
        OnnxNetworks.sequences(
            "rows", new LastTimeStep(new LSTM.Builder().nOut(5).build()), OnnxNetworks.output());
    ModelState state = known.start();
    OnnxPreparation preparation =
        new OnnxPreparation(
            Optional.of(new OnnxPreparation.Picture(4, 6, 1)),
            List.of(0.0),
            List.of(1 / 255.0),
            List.of(),
            List.of(),
            OnnxPreparation.Classes.EACH);
    OnnxModel model =
        OnnxModel.of(
            known.network(),
            state.parameters(),
            new OnnxSettings(List.of(List.of(4, 6)), Optional.of(preparation), Map.of(), ""));
    byte[] pixels = new byte[SIZE * 24];
    new Random(4).nextBytes(pixels);
    float[] scaled = new float[pixels.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (pixels[i] & 0xff) / 255f;
    }

    try (OnnxSession session = new OnnxSession(model)) {
      assertSame(session.run(SIZE, pixels).get(0), dl4j(known, state, scaled).get(0));
    }
  }

  @Test
  void columns_are_normalised_in_float64_and_targets_are_in_the_datas_units() throws OrtException {
    NetworkDefinition network = regression();
    ModelState state = Dl4jLocalTrainer.stateOf(network.newNetwork());
    OnnxPreparation preparation =
        new OnnxPreparation(
            Optional.empty(),
            List.of(1e6, 0.5),
            List.of(3.0, 0.25),
            List.of(1000.0),
            List.of(50.0),
            OnnxPreparation.Classes.EACH);
    OnnxModel model = OnnxModel.of(network, state.parameters(), prepared(preparation));
    LocalTrainer trainer = LocalTrainers.create(network, LocalStep.AUTO, 1, 2);
    trainer.load(state);
    float[] normalised = {(float) ((1_000_000.25 - 1e6) * 3), (float) ((4 - 0.5) * 0.25)};
    float[] output = trainer.output(new Minibatch(normalised, new float[1], 1));

    try (OnnxSession session = new OnnxSession(model)) {
      assertThat(session.run(1, new float[] {1_000_000.25f, 4}).get(0)[0])
          .isCloseTo(output[0] * 50 + 1000, within(1e-3f));
    }
  }

  private static OnnxSettings prepared(OnnxPreparation preparation) {
    return new OnnxSettings(List.of(), Optional.of(preparation), Map.of(), "");
  }

  private static NetworkDefinition regression() {
    return NetworkDefinition.of(
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .list()
            .layer(new DenseLayer.Builder().nIn(2).nOut(8).activation(Activation.TANH).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MSE)
                    .nIn(8)
                    .nOut(1)
                    .activation(Activation.TANH)
                    .build())
            .build());
  }

  @Test
  void one_output_for_two_classes_becomes_two_probabilities() throws OrtException {
    NetworkDefinition network = regression();
    float[] parameters = Dl4jLocalTrainer.stateOf(network.newNetwork()).parameters();
    OnnxPreparation preparation =
        new OnnxPreparation(
            Optional.empty(),
            List.of(0.0),
            List.of(1.0),
            List.of(),
            List.of(),
            OnnxPreparation.Classes.MINUS_PLUS);
    float[] example = {0.3f, -0.8f};
    float plain;
    try (OnnxSession alone =
        new OnnxSession(OnnxModel.of(network, parameters, OnnxSettings.ofShapes(List.of())))) {
      plain = alone.run(1, example).get(0)[0];
    }
    try (OnnxSession session =
        new OnnxSession(OnnxModel.of(network, parameters, prepared(preparation)))) {
      assertThat(session.run(1, example).get(0))
          .containsExactly(new float[] {(1 - plain) / 2, (1 + plain) / 2}, within(1e-6f));
    }
  }

  @Test
  void the_same_network_gives_the_same_bytes() {
    NetworkDefinition network = ExampleNetwork.RESNET20.definition();
    float[] parameters = Dl4jLocalTrainer.stateOf(network.newNetwork()).parameters();
    OnnxSettings settings = OnnxSettings.ofShapes(List.of(List.of(3, 32, 32)));

    assertThat(
            IntStream.range(0, 2)
                .mapToObj(i -> OnnxModel.of(network, parameters, settings).content())
                .toList())
        .allSatisfy(
            content ->
                assertThat(content)
                    .isEqualTo(OnnxModel.of(network, parameters, settings).content()));
  }
}
