package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** Reads layers whose values have places. */
final class ConvolutionReaders {
  private ConvolutionReaders() {}

  static int convolution(Reading reading, ConvolutionLayer layer, int from)
      throws UnsupportedNetwork {
    long[] input = reading.dims(from);
    InputType type = layer.getOutputType(0, reading.type(from));
    long[] output = Reading.dimsOf(type);
    int[] kernel = layer.getKernelSize();
    int value =
        reading.add(
            new Convolution(
                input,
                output,
                window(
                    layer.getConvolutionMode(),
                    input,
                    output,
                    kernel,
                    layer.getStride(),
                    layer.getPadding(),
                    layer.getDilation()),
                1,
                Kernels.rowMajor(reading.offset("W"), output[0], input[0], kernel[0], kernel[1]),
                reading.offset("b"),
                Eltwise.NONE,
                false),
            type,
            from);
    return LayerReaders.activated(reading, layer.getActivationFn(), value);
  }

  static int pooling(Reading reading, SubsamplingLayer layer, int from) throws UnsupportedNetwork {
    long[] input = reading.dims(from);
    InputType type = layer.getOutputType(0, reading.type(from));
    long[] output = Reading.dimsOf(type);
    Window window =
        window(
            layer.getConvolutionMode(),
            input,
            output,
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation());
    return pooling(
        reading,
        PoolingType.valueOf(layer.getPoolingType().name()),
        layer.isAvgPoolIncludePadInDivisor(),
        output,
        window,
        type,
        from);
  }

  private static int pooling(
      Reading reading,
      PoolingType kind,
      boolean padded,
      long[] output,
      Window window,
      InputType type,
      int from)
      throws UnsupportedNetwork {
    Pooling.Kind known =
        switch (kind) {
          case MAX -> Pooling.Kind.MAX;
          case AVG -> padded ? Pooling.Kind.MEAN : Pooling.Kind.MEAN_OF_PRESENT;
          case SUM -> Pooling.Kind.MEAN;
          case PNORM -> throw reading.unsupported("pooling by a p-norm");
        };
    int value = reading.add(new Pooling(known, output, window, Eltwise.NONE), type, from);
    return kind == PoolingType.SUM
        ? reading.add(new Linear(Shapes.length(window.kernel()), 0), type, value)
        : value;
  }

  static int globalPooling(Reading reading, GlobalPoolingLayer layer, int from)
      throws UnsupportedNetwork {
    long[] input = reading.dims(from);
    InputType type = reading.type(from);
    boolean last = Reading.channelsLast(type);
    int[] usual = last ? new int[] {1, 2} : new int[] {2, 3};
    int[] pooled = layer.getPoolingDimensions();
    if (input.length != 3 || pooled != null && !Arrays.equals(pooled, usual)) {
      throw reading.unsupported("pooling over other than height and width");
    }
    long[] output = {input[0], 1, 1};
    InputType point =
        InputType.convolutional(
            1, 1, input[0], ((InputType.InputTypeConvolutional) type).getFormat());
    int value =
        pooling(
            reading,
            layer.getPoolingType(),
            true,
            output,
            Window.whole(input[1], input[2]),
            point,
            from);
    return layer.isCollapseDimensions()
        ? reading.add(
            new Reshape(output, new long[] {input[0]}, last),
            InputType.feedForward(input[0]),
            value)
        : value;
  }

  /** [top, bottom, left, right]. */
  static int zeroPadding(Reading reading, ZeroPaddingLayer layer, int from)
      throws UnsupportedNetwork {
    InputType type = layer.getOutputType(0, reading.type(from));
    int[] padding = layer.getPadding();
    return reading.add(
        new Placement(
            Reading.dimsOf(type),
            List.of(new long[] {0, padding[0], padding[2]}),
            Reading.channelsLast(type)),
        type,
        from);
  }

  static int upsampling(Reading reading, Upsampling2D layer, int from) throws UnsupportedNetwork {
    InputType type = layer.getOutputType(0, reading.type(from));
    return reading.add(new Upsampling(Reading.dimsOf(type)), type, from);
  }

  /**
   * @param input channels, then the size
   * @param output likewise
   */
  static Window window(
      ConvolutionMode mode,
      long[] input,
      long[] output,
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] dilation) {
    int rank = kernel.length;
    long[] before = new long[rank];
    long[] after = new long[rank];
    for (int i = 0; i < rank; i++) {
      long reach = (kernel[i] - 1L) * dilation[i] + 1;
      long missing = (output[i + 1] - 1) * stride[i] + reach - input[i + 1];
      switch (mode) {
        case Same -> before[i] = missing / 2;
        case Causal -> before[i] = (kernel[i] - 1L) * dilation[i];
        default -> before[i] = padding[i];
      }
      after[i] = mode == ConvolutionMode.Same ? missing - before[i] : missing < 0 ? 0 : padding[i];
      after[i] = mode == ConvolutionMode.Causal ? 0 : after[i];
    }
    return new Window(longs(kernel), longs(stride), skips(dilation), before, after);
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  private static long[] skips(int[] dilation) {
    return Arrays.stream(dilation).mapToLong(each -> each - 1L).toArray();
  }
}
