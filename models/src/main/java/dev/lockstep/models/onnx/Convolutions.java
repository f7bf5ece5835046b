package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;

/** Convolutions of all kinds. ONNX has weights as [out, in, height, width]. */
final class Convolutions {
  private Convolutions() {}

  static Value plain(LayerScope scope, ConvolutionLayer layer, Value from)
      throws UnsupportedNetwork {
    int[] kernel = layer.getKernelSize();
    String weights = scope.parameter("W", layer.getNOut(), from.dims()[0], kernel[0], kernel[1]);
    return convolution(scope, layer, from, 1, weights, true);
  }

  /**
   * Over the steps of a sequence. DL4J says that its weights are [out, in, steps, 1], but takes
   * them as [steps, in, out], row-major.
   */
  static Value ofSteps(LayerScope scope, Convolution1DLayer layer, Value from)
      throws UnsupportedNetwork {
    long inputs = from.dims()[0];
    long outputs = layer.getNOut();
    long reach = layer.getKernelSize()[0];
    float[] weights = scope.permuted("W", new long[] {reach, inputs, outputs}, 2, 1, 0);
    return convolution(
        scope, layer, from, 1, scope.constant("W", weights, outputs, inputs, reach), true);
  }

  /** Weights [height, width, in, multiplier]: each channel has filters of its own. */
  static Value depthwise(LayerScope scope, DepthwiseConvolution2D layer, Value from)
      throws UnsupportedNetwork {
    long inputs = from.dims()[0];
    int[] kernel = layer.getKernelSize();
    long each = layer.getDepthMultiplier();
    String weights = // A group's filters are one after the other.
        scope.constant(
            "W",
            scope.permuted("W", new long[] {kernel[0], kernel[1], inputs, each}, 2, 3, 0, 1),
            inputs * each,
            1,
            kernel[0],
            kernel[1]);
    return convolution(scope, layer, from, inputs, weights, true);
  }

  /**
   * Filters of each channel, with weights [multiplier, in, height, width], then a convolution of
   * what they give by windows of one place, with weights [out, in · multiplier, 1, 1].
   */
  static Value separable(LayerScope scope, SeparableConvolution2D layer, Value from)
      throws UnsupportedNetwork {
    long inputs = from.dims()[0];
    int[] kernel = layer.getKernelSize();
    long each = layer.getDepthMultiplier();
    String filters =
        scope.constant(
            "W",
            scope.permuted("W", new long[] {each, inputs, kernel[0], kernel[1]}, 1, 0, 2, 3),
            inputs * each,
            1,
            kernel[0],
            kernel[1]);
    Value filtered = convolution(scope, layer, from, inputs, filters, false);
    List<String> operands = new ArrayList<>();
    operands.add(filtered.name());
    operands.add(scope.parameter("pW", layer.getNOut(), inputs * each, 1, 1));
    bias(scope, layer, operands);
    String name = scope.add("Conv", operands);
    return Activations.ofPlaces(scope, layer.getActivationFn(), new Value(name, filtered.type()));
  }

  private static void bias(LayerScope scope, ConvolutionLayer layer, List<String> operands) {
    if (scope.has("b")) {
      operands.add(scope.parameter("b", layer.getNOut()));
    }
  }

  /**
   * @param whole with bias and activation, which else another one has
   */
  private static Value convolution(
      LayerScope scope,
      ConvolutionLayer layer,
      Value from,
      long groups,
      String weights,
      boolean whole)
      throws UnsupportedNetwork {
    scope.expectChannels(layer.getNIn(), from);
    InputType type = layer.getOutputType(0, from.type());
    Value to = new Value("", type);
    LayerWindow window = window(scope, layer, from.dims(), to.dims());
    List<String> operands = new ArrayList<>(List.of(from.name(), weights));
    if (whole) {
      bias(scope, layer, operands);
    }
    List<AttributeProto> attributes = window.attributes();
    attributes.add(Attributes.ofAll("dilations", window.dilation()));
    attributes.add(Attributes.of("group", groups));
    Value sums =
        new Value(scope.add("Conv", operands, attributes.toArray(AttributeProto[]::new)), type);
    return whole ? Activations.ofPlaces(scope, layer.getActivationFn(), sums) : sums;
  }

  private static LayerWindow window(
      LayerScope scope, ConvolutionLayer layer, long[] input, long[] output)
      throws UnsupportedNetwork {
    return LayerWindow.of(
        scope,
        layer.getConvolutionMode(),
        input,
        output,
        layer.getKernelSize(),
        layer.getStride(),
        layer.getPadding(),
        layer.getDilation());
  }

  /** Weights [in, out, height, width], which ONNX has likewise. */
  static Value transposed(LayerScope scope, Deconvolution2D layer, Value from)
      throws UnsupportedNetwork {
    scope.expectChannels(layer.getNIn(), from);
    InputType type = layer.getOutputType(0, from.type());
    long[] output = new Value("", type).dims();
    // The windows are those of the convolution that it turns round.
    LayerWindow window = window(scope, layer, output, from.dims());
    long[] lacking = new long[window.after().length];
    for (int i = 0; i < lacking.length; i++) {
      long covered =
          (from.dims()[i + 1] - 1) * window.stride()[i]
              + (window.kernel()[i] - 1) * window.dilation()[i]
              + 1;
      long after = covered - window.before()[i] - output[i + 1];
      lacking[i] = Math.max(0, -after);
      window.after()[i] = Math.max(0, after);
      if (window.before()[i] < 0) {
        throw scope.unsupported("strides that are longer than its windows");
      }
    }
    List<String> operands = new ArrayList<>();
    operands.add(from.name());
    int[] kernel = layer.getKernelSize();
    operands.add(scope.parameter("W", from.dims()[0], layer.getNOut(), kernel[0], kernel[1]));
    bias(scope, layer, operands);
    List<AttributeProto> attributes = window.attributes();
    attributes.add(Attributes.ofAll("dilations", window.dilation()));
    if (Arrays.stream(lacking).anyMatch(each -> each > 0)) {
      attributes.add(Attributes.ofAll("output_padding", lacking));
    }
    String name = scope.add("ConvTranspose", operands, attributes.toArray(AttributeProto[]::new));
    return Activations.ofPlaces(scope, layer.getActivationFn(), new Value(name, type));
  }
}
