package dev.lockstep.models.onnx;

import dev.lockstep.models.UnsupportedNetwork;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** Layers that add places. */
final class Places {
  private Places() {}

  /** [top, bottom, left, right]. */
  static Value padded(LayerScope scope, ZeroPaddingLayer layer, Value from)
      throws UnsupportedNetwork {
    int[] padding = layer.getPadding();
    InputType type = layer.getOutputType(0, from.type());
    return padded(scope, from, type, 0, 0, padding[0], padding[2], 0, 0, padding[1], padding[3]);
  }

  /** [before, after]. */
  static Value padded(LayerScope scope, ZeroPadding1DLayer layer, Value from)
      throws UnsupportedNetwork {
    int[] padding = layer.getPadding();
    long steps = from.dims()[1];
    InputType type = ofSteps(from, steps < 0 ? steps : steps + padding[0] + padding[1]);
    return padded(scope, from, type, 0, 0, padding[0], 0, 0, padding[1]);
  }

  private static Value padded(LayerScope scope, Value from, InputType type, long... pads) {
    return new Value(scope.add("Pad", List.of(from.name(), scope.integers("pads", pads))), type);
  }

  private static InputType ofSteps(Value from, long steps) throws UnsupportedNetwork {
    return InputType.recurrent(
        from.dims()[0], steps, ((InputType.InputTypeRecurrent) from.type()).getFormat());
  }

  static Value enlarged(LayerScope scope, Upsampling2D layer, Value from)
      throws UnsupportedNetwork {
    int[] size = layer.getSize();
    return enlarged(scope, from, layer.getOutputType(0, from.type()), 1, 1, size[0], size[1]);
  }

  static Value enlarged(LayerScope scope, Upsampling1D layer, Value from)
      throws UnsupportedNetwork {
    int size = layer.getSize()[0];
    long steps = from.dims()[1];
    return enlarged(scope, from, ofSteps(from, steps < 0 ? steps : steps * size), 1, 1, size);
  }

  /** Each place so many times. */
  private static Value enlarged(LayerScope scope, Value from, InputType type, float... scales) {
    String name =
        scope.add(
            "Resize",
            List.of(from.name(), "", scope.constant("scales", scales, scales.length)),
            Attributes.of("mode", "nearest"),
            Attributes.of("coordinate_transformation_mode", "asymmetric"),
            Attributes.of("nearest_mode", "floor"));
    return new Value(name, type);
  }
}
