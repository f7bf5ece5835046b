package dev.lockstep.data.prepare;

import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.Values;
import dev.lockstep.data.idx.IdxWriter;
import dev.lockstep.data.idx.IdxWriter.Element;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** {@code part-00000-images-idx3-ubyte} and {@code part-00000-labels-idx1-ubyte}, and the like. */
final class IdxShard implements ShardWriter {
  private static final int BYTE_CLASSES = 256;

  private final OutputFile images;
  private final OutputFile labels;
  private final IdxWriter features;
  private final IdxWriter targets;

  IdxShard(Path folder, int shard, Schema schema, Configuration hadoop) throws IOException {
    Element element = schema.featureType() == FeatureType.UINT8 ? Element.UINT8 : Element.FLOAT32;
    Element target = Element.FLOAT32;
    if (schema.classes() > 0) {
      target = schema.classes() <= BYTE_CLASSES ? Element.UINT8 : Element.INT32;
    }
    List<Integer> targetShape = schema.targets() > 1 ? List.of(schema.targets()) : List.of();
    features = new IdxWriter(element, schema.featureShape());
    targets = new IdxWriter(target, targetShape);
    FileSystem files = folder.getFileSystem(hadoop);
    images = file(folder, shard, "images", features, files);
    labels = file(folder, shard, "labels", targets, files);
  }

  private static OutputFile file(
      Path folder, int shard, String kind, IdxWriter writer, FileSystem files) {
    String name = "part-%05d-%s-%s".formatted(shard, kind, writer.suffix());
    return OutputFile.of(new Path(folder, name), files);
  }

  @Override
  public void write(Example example) throws IOException {
    features.write(example.features());
    targets.write(new Values.Floats(example.target()));
  }

  @Override
  public List<PreparedFile> commit() throws IOException {
    return List.of(commit(features, images), commit(targets, labels));
  }

  private static PreparedFile commit(IdxWriter writer, OutputFile file) throws IOException {
    writer.copyTo(file.files().create(file.temporary(), true));
    return file.commit();
  }

  @Override
  public void close() throws IOException {
    features.close();
    targets.close();
    images.discard();
    labels.discard();
  }
}
