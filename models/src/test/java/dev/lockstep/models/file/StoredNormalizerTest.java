package dev.lockstep.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.models.ModelError;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.AbstractDataSetNormalizer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Normalizers as DL4J saves them, against what DL4J does with them. */
class StoredNormalizerTest {
  private static final int COLUMNS = 3;

  @TempDir private Path folder;

  static List<DataNormalization> normalizers() {
    NormalizerStandardize withLabels = new NormalizerStandardize();
    withLabels.fitLabel(true);
    NormalizerMinMaxScaler rangeWithLabels = new NormalizerMinMaxScaler(-1, 2);
    rangeWithLabels.fitLabel(true);
    return List.of(
        new NormalizerStandardize(),
        withLabels,
        new NormalizerMinMaxScaler(),
        rangeWithLabels,
        new ImagePreProcessingScaler(-1, 1));
  }

  /** The last column does not vary. */
  private static DataSet data() {
    INDArray features =
        Nd4j.createFromArray(new float[][] {{1, 20, 7}, {3, 50, 7}, {2.5f, -10, 7}, {0, 1, 7}});
    INDArray labels = Nd4j.createFromArray(new float[][] {{5}, {6}, {9}, {-3}});
    return new DataSet(features, labels);
  }

  private Path saved(DataNormalization normalizer) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new OutputLayer.Builder(new LossMSE())
                        .nIn(COLUMNS)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    Path file = folder.resolve("model.zip");
    try {
      ModelSerializer.writeModel(network, file.toFile(), true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);
    return file;
  }

  @ParameterizedTest
  @MethodSource("normalizers")
  void scales_as_dl4j_does(DataNormalization normalizer) {
    normalizer.fit(data());
    StoredNormalizer stored = ModelFile.read(saved(normalizer)).normalizer().orElseThrow();
    DataSet expected = data();
    normalizer.preProcess(expected);

    float[] features = data().getFeatures().data().asFloat();
    stored.features().apply(features, 4, COLUMNS);
    assertClose(features, expected.getFeatures());
    boolean ofLabels =
        normalizer instanceof AbstractDataSetNormalizer<?> known && known.isFitLabel();
    assertThat(stored.labels().isPresent()).isEqualTo(ofLabels);
    float[] labels = data().getLabels().data().asFloat();
    stored.labels().ifPresent(scaling -> scaling.apply(labels, 4, 1));
    assertClose(labels, expected.getLabels());
  }

  private static void assertClose(float[] found, INDArray expected) {
    assertThat(found).containsExactly(expected.dup('c').data().asFloat(), within(1e-4f));
  }

  @Test
  void each_channel_has_its_scaling() {
    StoredNormalizer.Scaling scaling =
        new StoredNormalizer.Scaling(new float[] {1, 10}, new float[] {2, 5}, 1, 0);
    float[] rows = {1, 3, 10, 20, 5, 7, 0, 5};

    scaling.apply(rows, 2, 4);

    assertThat(rows).containsExactly(0, 1, 0, 2, 2, 3, -2, -1);
    assertThatThrownBy(() -> scaling.apply(rows, 1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected rows of 2 columns or channels, found 3 values");
  }

  @Test
  void a_model_without_normalizer_has_none() throws IOException {
    Path file = saved(new ImagePreProcessingScaler());
    ModelSerializer.writeModel(ModelFile.read(file).network(), file.toFile(), true);

    assertThat(ModelFile.read(file).normalizer()).isEmpty();
  }

  @Test
  void a_class_that_a_file_names_is_not_made() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF("NORMALIZER");
    out.writeInt(1);
    out.writeUTF("CUSTOM");
    out.writeUTF("java.lang.Runtime");

    assertThatThrownBy(() -> NormalizerReader.read(folder, bytes.toByteArray()))
        .isInstanceOf(ModelError.class)
        .hasMessageEndingWith("IMAGE_MIN_MAX, found CUSTOM");
  }

  @Test
  void every_cut_of_a_normalizer_is_noticed() {
    NormalizerStandardize normalizer = new NormalizerStandardize();
    normalizer.fit(data());
    byte[] whole = ModelFile.read(saved(normalizer)).extra("normalizer.bin");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> NormalizerReader.read(folder, cut))
          .as("of %d bytes", length)
          .isInstanceOf(ModelError.class)
          .hasMessage(folder + ": normalizer.bin: is no normalizer of DL4J");
    }
  }
}
