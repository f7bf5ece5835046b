package dev.lockstep.bench;

import dev.lockstep.data.Normaliser;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.PictureNames;
import dev.lockstep.data.image.Pixels;
import dev.lockstep.data.image.UnreadableImage;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PredictionProgress;
import dev.lockstep.predict.listing.Labels;
import dev.lockstep.predict.output.OutputFormat;
import dev.lockstep.predict.output.PredictionOutput;
import dev.lockstep.predict.plan.PredictionRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Predicts the same pictures with Lockstep and with loops as one would write them, in turn.
 *
 * @param file with the model
 * @param model the same, opened
 * @param pictures a local folder, all of whose files can be read
 */
public record PredictionBench(
    JavaSparkContext spark, ModelFile file, PictureModel model, Path pictures) {
  /** Loading a model takes so long that a few pictures tell. */
  private static final int WITH_LOADING = 50;

  /** How many pictures a second, by what predicts them. */
  public Map<String, Double> run(int rounds, Consumer<String> progress) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(pictures)) {
      files = all.filter(PredictionBench::isPicture).sorted().toList();
    }
    Map<String, double[]> rates = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      String name = round == 0 ? "warm-up" : "round %d/%d".formatted(round, rounds);
      time(rates, "lockstep predict, to Parquet", round, rounds, files.size(), this::lockstep);
      time(rates, "loop, one model", round, rounds, files.size(), () -> loop(files));
      List<Path> few = files.subList(0, Math.min(WITH_LOADING, files.size()));
      time(rates, "loop, model loaded per picture", round, rounds, few.size(), () -> loading(few));
      progress.accept(name);
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    rates.forEach(
        (name, rate) -> medians.put(name, Arrays.stream(rate).sorted().toArray()[rounds / 2]));
    return medians;
  }

  private static boolean isPicture(Path file) {
    return Files.isRegularFile(file) && PictureNames.isPicture(file.toString());
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void time(
      Map<String, double[]> rates, String name, int round, int rounds, int count, Work work)
      throws IOException {
    long startedAt = System.nanoTime();
    work.run();
    double rate = count / ((System.nanoTime() - startedAt) / 1e9);
    if (round > 0) {
      rates.computeIfAbsent(name, unused -> new double[rounds])[round - 1] = rate;
    }
  }

  private void lockstep() throws IOException {
    Path out = Files.createTempDirectory("lockstep-bench");
    try {
      PredictionRun.execute(
          spark,
          new PredictionRun.Request(
              List.of(pictures.toString()),
              model,
              1,
              Labels.none(),
              Optional.of(new PredictionOutput(out.toString(), OutputFormat.PARQUET))),
          PredictionProgress.NONE);
    } finally {
      FileUtils.deleteDirectory(out.toFile());
    }
  }

  private void loop(List<Path> files) throws IOException {
    MultiLayerNetwork network = (MultiLayerNetwork) file.network();
    for (Path picture : files) {
      predict(network, picture);
    }
  }

  private void loading(List<Path> files) throws IOException {
    for (Path picture : files) {
      predict((MultiLayerNetwork) file.network(), picture);
    }
  }

  private int predict(MultiLayerNetwork network, Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    if (image == null) {
      throw new IOException(picture + ": is no picture");
    }
    try {
      float[] levels = model.preprocessing().prepare(Pixels.of(image, Channels.GREY)).values();
      float[] features = new float[levels.length];
      new Normaliser(model.normalisation()).apply(levels, 0, features, 0, levels.length);
      long[] shape = {1, features.length};
      return network.output(Nd4j.create(features, shape, 'c')).argMax(1).getInt(0);
    } catch (UnreadableImage e) {
      throw new IOException(picture + ": " + e.getMessage(), e);
    }
  }
}
