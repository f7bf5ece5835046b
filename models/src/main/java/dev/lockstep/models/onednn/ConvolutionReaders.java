package dev.lockstep.models.onednn;

import dev.lockstep.models.UnsupportedNetwork;
import dev.lockstep.models.dl4j.InputTypes;
import dev.lockstep.models.onednn.Convolution.Form;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseUpsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** Reads layers whose values have places. */
final class ConvolutionReaders {
  /** Of a convolution whose bias and activation another has. */
  private static final int DEFERRED = Convolution.NONE - 1;

  private ConvolutionReaders() {}

  static int convolution(Reading reading, ConvolutionLayer layer, int from)
      throws UnsupportedNetwork {
    long inputs = reading.dims(from)[0];
    int[] kernel = layer.getKernelSize();
    Kernels weights =
        Kernels.rowMajor(reading.offset("W"), layer.getNOut(), inputs, kernel[0], kernel[1]);
    InputType type = layer.getOutputType(0, reading.type(from));
    return convolution(reading, layer, 1, weights, reading.offset("b"), type, from);
  }

  private static int convolution(
      Reading reading,
      ConvolutionLayer layer,
      int groups,
      Kernels weights,
      int bias,
      InputType type,
      int from)
      throws UnsupportedNetwork {
    long[] input = reading.dims(from);
    long[] output = InputTypes.dims(type);
    Window window =
        window(
            layer.getConvolutionMode(),
            input,
            output,
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation());
    int value =
        reading.add(
            new Convolution(
                input,
                output,
                window,
                groups,
                weights,
                Math.max(bias, Convolution.NONE),
                Eltwise.NONE,
                Form.USUAL,
                false),
            type,
            from);
    return bias == DEFERRED
        ? value
        : LayerReaders.activated(reading, layer.getActivationFn(), value);
  }

  /** Weights [in, out, h, w], row-major. */
  static int transposed(Reading reading, Deconvolution2D layer, int from)
      throws UnsupportedNetwork {
    long[] input = reading.dims(from);
    InputType type = layer.getOutputType(0, reading.type(from));
    long[] output = InputTypes.dims(type);
    int[] kernel = layer.getKernelSize();
    long area = (long) kernel[0] * kernel[1];
    Window window =
        window(
            layer.getConvolutionMode(),
            output,
            input,
            kernel,
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation());
    int value =
        reading.add(
            new Convolution(
                input,
                output,
                window,
                1,
                new Kernels(
                    reading.offset("W"),
                    new long[] {output[0], input[0], kernel[0], kernel[1]},
                    new long[] {area, output[0] * area, kernel[1], 1}),
                reading.offset("b"),
                Eltwise.NONE,
                Form.TRANSPOSED,
                false),
            type,
            from);
    return LayerReaders.activated(reading, layer.getActivationFn(), value);
  }

  /**
   * Over the steps of a sequence. DL4J says that its weights are [out, in, steps, 1], but takes
   * them as [steps, in, out], row-major. (Where channels come last it is not able to train them.)
   */
  static int sequence(Reading reading, Convolution1DLayer layer, int from)
      throws UnsupportedNetwork {
    long inputs = reading.dims(from)[0];
    InputType type = layer.getOutputType(0, reading.type(from));
    long outputs = layer.getNOut();
    long reach = layer.getKernelSize()[0];
    Kernels weights =
        new Kernels(
            reading.offset("W"),
            new long[] {outputs, inputs, reach},
            new long[] {1, outputs, inputs * outputs});
    return convolution(reading, layer, 1, weights, reading.offset("b"), type, from);
  }

  /** Weights [h, w, in, multiplier], row-major: each channel has filters of its own. */
  static int depthwise(Reading reading, DepthwiseConvolution2D layer, int from)
      throws UnsupportedNetwork {
    long inputs = reading.dims(from)[0];
    long each = layer.getDepthMultiplier();
    int[] kernel = layer.getKernelSize();
    Kernels weights =
        new Kernels(
            reading.offset("W"),
            new long[] {inputs, each, 1, kernel[0], kernel[1]},
            new long[] {each, 1, 1, kernel[1] * inputs * each, inputs * each});
    InputType type = layer.getOutputType(0, reading.type(from));
    return convolution(
        reading, layer, Math.toIntExact(inputs), weights, reading.offset("b"), type, from);
  }

  /**
   * Filters of each channel, with weights [multiplier, in, h, w], then a convolution of what they
   * give by windows of one place, with weights [out, in · multiplier, 1, 1]; both row-major.
   */
  static int separable(Reading reading, SeparableConvolution2D layer, int from)
      throws UnsupportedNetwork {
    long inputs = reading.dims(from)[0];
    long each = layer.getDepthMultiplier();
    int[] kernel = layer.getKernelSize();
    long area = (long) kernel[0] * kernel[1];
    Kernels weights =
        new Kernels(
            reading.offset("W"),
            new long[] {inputs, each, 1, kernel[0], kernel[1]},
            new long[] {area, inputs * area, 1, kernel[1], 1});
    InputType type = layer.getOutputType(0, reading.type(from));
    InputType between = InputTypes.withChannels(type, inputs * each);
    int filtered =
        convolution(reading, layer, Math.toIntExact(inputs), weights, DEFERRED, between, from);
    long[] input = InputTypes.dims(between);
    long[] output = InputTypes.dims(type);
    int value =
        reading.add(
            new Convolution(
                input,
                output,
                Window.point(),
                1,
                Kernels.rowMajor(reading.offset("pW"), output[0], input[0], 1, 1),
                reading.offset("b"),
                Eltwise.NONE,
                Form.USUAL,
                false),
            type,
            filtered);
    return LayerReaders.activated(reading, layer.getActivationFn(), value);
  }

  static int pooling(Reading reading, SubsamplingLayer layer, int from) throws UnsupportedNetwork {
    long[] input = reading.dims(from);
    InputType type = layer.getOutputType(0, reading.type(from));
    long[] output = InputTypes.dims(type);
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
          case PNORM -> throw reading.unsupported("windows pooled by a p-norm");
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
    boolean last = InputTypes.channelsLast(type);
    int[] usual = IntStream.range(last ? 1 : 2, input.length + (last ? 0 : 1)).toArray();
    int[] pooled = layer.getPoolingDimensions();
    if (input.length == 1 || pooled != null && !Arrays.equals(pooled, usual)) {
      throw reading.unsupported("pooling over other than all places");
    }
    if (!layer.isCollapseDimensions()) {
      throw reading.unsupported("pooling that keeps the dimensions");
    }
    long[] output = new long[input.length];
    Arrays.fill(output, 1);
    output[0] = input[0];
    InputType vector = InputType.feedForward(input[0]);
    if (layer.getPoolingType() == PoolingType.PNORM || reading.mask(from) != null) {
      int channels = Math.toIntExact(input[0]);
      int places = Shapes.length(input) / channels;
      return reading.add(
          new WholePooling(
              layer.getPoolingType(), channels, places, layer.getPnorm(), reading.mask(from)),
          vector,
          from);
    }
    int value =
        pooling(
            reading,
            layer.getPoolingType(),
            true,
            output,
            Window.whole(Arrays.copyOfRange(input, 1, input.length)),
            vector,
            from);
    return reading.add(new Reshape(output, new long[] {input[0]}, last), vector, value);
  }

  /** [top, bottom, left, right]. */
  static int zeroPadding(Reading reading, ZeroPaddingLayer layer, int from)
      throws UnsupportedNetwork {
    int[] padding = layer.getPadding();
    InputType type = layer.getOutputType(0, reading.type(from));
    return padded(reading, type, from, 0, padding[0], padding[2]);
  }

  /** [before, after]. */
  static int zeroPadding(Reading reading, ZeroPadding1DLayer layer, int from)
      throws UnsupportedNetwork {
    InputType type = layer.getOutputType(0, reading.type(from));
    return padded(reading, type, from, 0, layer.getPadding()[0]);
  }

  private static int padded(Reading reading, InputType type, int from, long... corner)
      throws UnsupportedNetwork {
    return reading.add(
        new Concatenation(InputTypes.dims(type), List.of(corner), InputTypes.channelsLast(type)),
        type,
        from);
  }

  static int upsampling(Reading reading, BaseUpsamplingLayer layer, int from)
      throws UnsupportedNetwork {
    InputType type = layer.getOutputType(0, reading.type(from));
    return reading.add(new Upsampling(InputTypes.dims(type)), type, from);
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
    // A layer of sequences has a second dimension of 1, which its arrays have not.
    int rank = input.length - 1;
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
    return new Window(
        longs(rank, kernel), longs(rank, stride), skips(rank, dilation), before, after);
  }

  private static long[] longs(int rank, int[] values) {
    return Arrays.stream(values, 0, rank).asLongStream().toArray();
  }

  private static long[] skips(int rank, int[] dilation) {
    return Arrays.stream(dilation, 0, rank).mapToLong(each -> each - 1L).toArray();
  }
}
