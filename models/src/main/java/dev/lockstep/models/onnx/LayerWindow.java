package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * The windows of a convolution or a pooling, one value for each dimension that has places.
 *
 * @param before how many zeros come before the first place; null where that depends on how many
 *     places there are, which is not known: as many after them as before, or one more
 * @param after how many come after the last
 */
record LayerWindow(long[] kernel, long[] stride, long[] dilation, long[] before, long[] after) {

  /**
   * @param input channels, then the size, of which −1 is unknown
   * @param output likewise
   */
  static LayerWindow of(
      LayerScope scope,
      ConvolutionMode mode,
      long[] input,
      long[] output,
      int[] kernels,
      int[] strides,
      int[] paddings,
      int[] dilations)
      throws UnsupportedNetwork {
    // A layer of sequences has a second dimension of 1, which its arrays have not.
    int rank = input.length - 1;
    long[] kernel = longs(rank, kernels);
    long[] stride = longs(rank, strides);
    long[] dilation = longs(rank, dilations);
    long[] before = new long[rank];
    long[] after = new long[rank];
    for (int i = 0; i < rank; i++) {
      long reach = (kernel[i] - 1) * dilation[i];
      switch (mode) {
        case Same -> {
          if (input[i + 1] < 0 && stride[i] > 1) {
            if (dilation[i] > 1) {
              throw scope.unsupported("sequences of any length with strides and dilation");
            }
            return new LayerWindow(kernel, stride, dilation, null, null);
          }
          long missing =
              input[i + 1] < 0 ? reach : (output[i + 1] - 1) * stride[i] + reach + 1 - input[i + 1];
          before[i] = missing / 2;
          after[i] = missing - before[i];
        }
        case Causal -> before[i] = reach;
        default -> {
          before[i] = paddings[i];
          after[i] = paddings[i];
        }
      }
    }
    return new LayerWindow(kernel, stride, dilation, before, after);
  }

  private static long[] longs(int rank, int[] values) {
    return Arrays.stream(values, 0, rank).asLongStream().toArray();
  }

  boolean isDilated() {
    return Arrays.stream(dilation).anyMatch(each -> each > 1);
  }

  /** How many places it has. */
  long places() {
    return Arrays.stream(kernel).reduce(1, Math::multiplyExact);
  }

  /** All but the dilation, which not all operations know. */
  List<AttributeProto> attributes() {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(Attributes.ofAll("kernel_shape", kernel));
    attributes.add(Attributes.ofAll("strides", stride));
    if (before == null) {
      attributes.add(Attributes.of("auto_pad", "SAME_UPPER"));
    } else {
      long[] pads = Arrays.copyOf(before, 2 * before.length);
      System.arraycopy(after, 0, pads, before.length, after.length);
      attributes.add(Attributes.ofAll("pads", pads));
    }
    return attributes;
  }
}
