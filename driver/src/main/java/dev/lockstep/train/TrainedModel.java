package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Transport;
import dev.lockstep.data.Transport.Shared;
import dev.lockstep.models.ModelError;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.TrainerFactory;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.file.AtomicFile;
import dev.lockstep.models.file.CheckpointFolder;
import dev.lockstep.models.file.ModelFile;
import dev.lockstep.strategy.Shards;
import dev.lockstep.table.NetworkShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;

/**
 * What training made of a network.
 *
 * @param network without its parameters
 * @param state its parameters, and what its updater remembers
 * @param schema what examples look like
 * @param inputs what data becomes before the network sees it, and what its outputs mean
 * @param trainers what computes it
 * @param result how training went
 */
public record TrainedModel(
    NetworkDefinition network,
    ModelState state,
    Schema schema,
    ModelInputs inputs,
    TrainerFactory trainers,
    RunResult result) {
  /** The network as DL4J has it; what it is given has to be normalised as {@link #inputs} say. */
  public Model toDl4j() {
    Model model = network.newNetwork();
    Dl4jLocalTrainer.load(model, state);
    return model;
  }

  /** How it does on data. */
  public Evaluation evaluate(JavaSparkContext spark, DataSource data) {
    try (Shards shards =
        Shards.load(
            spark,
            NetworkShape.coded(data, network),
            spark.defaultParallelism(),
            inputs.normalisation())) {
      return DistributedEvaluation.of(
              spark, shards, trainers, NetworkShape.task(network, shards.schema()), List.of(state))
          .get(0);
    }
  }

  /**
   * What the network says of one example.
   *
   * @param features as the data had them, row-major, before they were normalised
   * @return probabilities by class number or of each label, or the values of a regression
   */
  public float[] predict(float[] features) {
    return predictor().predict(List.of(features).iterator()).next();
  }

  /**
   * What the network says of many examples, in their order; lazy.
   *
   * @param features as for {@link #predict(float[])}
   */
  public JavaRDD<float[]> predict(JavaRDD<float[]> features) {
    Shared<Predictor> sent =
        Transport.share(JavaSparkContext.fromSparkContext(features.context()), predictor());
    return features.mapPartitions(examples -> sent.value().predict(examples));
  }

  private Predictor predictor() {
    return new Predictor(
        trainers, state.parameters(), inputs.normalisation(), schema.featureLength());
  }

  /** Writes DL4J's model zip, with what data becomes, to any file system that Hadoop knows. */
  public void save(JavaSparkContext spark, String file) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file);
    String folder = path.getParent() == null ? "." : path.getParent().toString();
    save(HadoopCheckpointFolder.at(folder, spark.hadoopConfiguration()), path.getName());
  }

  /** Writes DL4J's model zip, with what data becomes, to a file of this machine. */
  public void save(Path file) {
    Path whole = file.toAbsolutePath();
    save(CheckpointFolder.of(whole.getParent()), whole.getFileName().toString());
  }

  /**
   * Writes an ONNX file of this machine, for other programs.
   *
   * @throws ModelError naming the layer that has no ONNX form
   */
  public void exportOnnx(Path file, OnnxExport.Extent extent) {
    try {
      ModelFile model = ModelFile.of(file, bytes());
      List<List<Integer>> shapes = List.of(schema.featureShape());
      AtomicFile.write(file, OnnxExport.of(model, file, shapes, extent).model().content());
    } catch (IOException e) {
      throw new ModelError("%s: cannot be written: %s".formatted(file, FileSystems.message(e)), e);
    }
  }

  private byte[] bytes() throws IOException {
    return ModelFile.bytes(network, state, inputs.entries());
  }

  private void save(CheckpointFolder folder, String name) {
    try {
      folder.write(name, bytes());
    } catch (IOException e) {
      throw new ModelError(
          "%s: cannot be written: %s".formatted(folder.location(name), FileSystems.message(e)), e);
    }
  }
}
