package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** What makes one value of many: of windows, or of all places. */
final class Poolings {
  private Poolings() {}

  static Value windows(LayerScope scope, SubsamplingLayer layer, Value from)
      throws UnsupportedNetwork {
    InputType type = layer.getOutputType(0, from.type());
    LayerWindow window =
        LayerWindow.of(
            scope,
            layer.getConvolutionMode(),
            from.dims(),
            InputTypes.dims(type),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation());
    List<AttributeProto> attributes = window.attributes();
    boolean largest = layer.getPoolingType() == PoolingType.MAX;
    if (largest) {
      attributes.add(Attributes.ofAll("dilations", window.dilation()));
    } else if (window.isDilated()) {
      throw scope.unsupported("windows with dilation, pooled by other than their maximum");
    }
    String name =
        switch (layer.getPoolingType()) {
          case MAX -> pooled(scope, "MaxPool", from, attributes);
          case AVG -> {
            long padded = layer.isAvgPoolIncludePadInDivisor() ? 1 : 0;
            attributes.add(Attributes.of("count_include_pad", padded));
            yield pooled(scope, "AveragePool", from, attributes);
          }
          case SUM -> {
            attributes.add(Attributes.of("count_include_pad", 1));
            String mean = pooled(scope, "AveragePool", from, attributes);
            yield scope.add("Mul", List.of(mean, scope.number("places", window.places())));
          }
          case PNORM -> {
            attributes.add(Attributes.of("p", layer.getPnorm()));
            yield pooled(scope, "LpPool", from, attributes);
          }
        };
    return new Value(name, type);
  }

  private static String pooled(
      LayerScope scope, String operation, Value from, List<AttributeProto> attributes) {
    return scope.add(operation, from.name(), attributes.toArray(AttributeProto[]::new));
  }

  static Value whole(LayerScope scope, GlobalPoolingLayer layer, Value from)
      throws UnsupportedNetwork {
    long[] dims = from.dims();
    expectPlaces(scope, layer, from);
    boolean collapsed = layer.isCollapseDimensions();
    long[] axes = LongStream.rangeClosed(2, dims.length).toArray();
    long kept = collapsed ? 0 : 1;
    String name =
        switch (layer.getPoolingType()) {
          case MAX -> reduced(scope, "ReduceMax", from.name(), axes, kept);
          case AVG -> reduced(scope, "ReduceMean", from.name(), axes, kept);
          case SUM -> sum(scope, from.name(), axes, kept);
          case PNORM -> norm(scope, layer.getPnorm(), from.name(), axes, kept);
        };
    InputType type = InputType.feedForward(dims[0]);
    if (!collapsed) {
      type =
          dims.length == 2
              ? InputType.recurrent(
                  dims[0], 1, ((InputType.InputTypeRecurrent) from.type()).getFormat())
              : layer.getOutputType(0, from.type());
    }
    return new Value(name, type);
  }

  /** DL4J pools the last dimensions, if it is not told which. */
  private static void expectPlaces(LayerScope scope, GlobalPoolingLayer layer, Value from)
      throws UnsupportedNetwork {
    int places = from.rank() - 1;
    int[] usual = IntStream.rangeClosed(2, from.rank()).toArray();
    int[] pooled = layer.getPoolingDimensions() == null ? usual : layer.getPoolingDimensions();
    int first = InputTypes.channelsLast(from.type()) ? 1 : 2;
    if (places == 0 || !Arrays.equals(pooled, IntStream.range(first, first + places).toArray())) {
      throw scope.unsupported("pooling over other than all places");
    }
  }

  private static String reduced(
      LayerScope scope, String operation, String from, long[] axes, long kept) {
    return scope.add(
        operation, from, Attributes.ofAll("axes", axes), Attributes.of("keepdims", kept));
  }

  private static String sum(LayerScope scope, String from, long[] axes, long kept) {
    return scope.add(
        "ReduceSum", List.of(from, scope.integers("axes", axes)), Attributes.of("keepdims", kept));
  }

  /** (Σ |x|ᵖ)^(1/p). */
  private static String norm(LayerScope scope, int power, String from, long[] axes, long kept) {
    String powers = scope.add("Pow", List.of(scope.add("Abs", from), scope.number("p", power)));
    String sum = sum(scope, powers, axes, kept);
    return scope.add("Pow", List.of(sum, scope.number("root", 1.0 / power)));
  }
}
