package dev.lockstep.report.tensorboard;

import dev.lockstep.report.Png;
import java.awt.image.BufferedImage;
import org.nd4j.shade.protobuf.ByteString;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;

/** Tagged values as TensorBoard's plugins expect them. */
final class Summaries {
  private static final int RGB = 3;

  private Summaries() {}

  static Summary.Value scalar(String tag, double value) {
    return Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value).build();
  }

  static Summary.Value histogram(String tag, HistogramProto histogram) {
    return Summary.Value.newBuilder().setTag(tag).setHisto(histogram).build();
  }

  static Summary.Value image(String tag, BufferedImage image) {
    return Summary.Value.newBuilder()
        .setTag(tag)
        .setImage(
            Summary.Image.newBuilder()
                .setWidth(image.getWidth())
                .setHeight(image.getHeight())
                .setColorspace(RGB)
                .setEncodedImageString(ByteString.copyFrom(Png.of(image))))
        .build();
  }

  /** Text in Markdown. */
  static Summary.Value text(String tag, String markdown) {
    return Summary.Value.newBuilder()
        .setTag(tag)
        .setMetadata(metadata("text", ByteString.EMPTY))
        .setTensor(
            TensorProto.newBuilder()
                .setDtype(DataType.DT_STRING)
                .setTensorShape(TensorShapeProto.getDefaultInstance())
                .addStringVal(ByteString.copyFromUtf8(markdown)))
        .build();
  }

  /** What a plugin keeps beside a tag, with a value that it ignores. */
  static Summary.Value pluginData(String tag, String plugin, ByteString content) {
    return Summary.Value.newBuilder()
        .setTag(tag)
        .setMetadata(metadata(plugin, content))
        .setTensor(
            TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(
                    TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(0))))
        .build();
  }

  private static SummaryMetadata metadata(String plugin, ByteString content) {
    return SummaryMetadata.newBuilder()
        .setPluginData(
            SummaryMetadata.PluginData.newBuilder().setPluginName(plugin).setContent(content))
        .build();
  }
}
