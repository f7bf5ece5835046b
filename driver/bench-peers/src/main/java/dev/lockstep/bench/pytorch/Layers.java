package dev.lockstep.bench.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.lockstep.bench.pytorch.Graph.Operation;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** A layer of DL4J's as PyTorch's operations. */
record Layers(String name, Parameters parameters) {

  Operation of(Layer layer) {
    // Output layers give logits: softmax belongs to the loss.
    if (layer instanceof OutputLayer || layer instanceof RnnOutputLayer) {
      return linear((BaseLayer) layer);
    } else if (layer instanceof DenseLayer dense) {
      return activated(linear(dense), dense.getActivationFn());
    } else if (layer.getClass() == ConvolutionLayer.class) {
      ConvolutionLayer convolution = (ConvolutionLayer) layer;
      return activated(convolution(convolution), convolution.getActivationFn());
    } else if (layer instanceof BatchNormalization normalisation) {
      return normalisation(normalisation);
    } else if (layer instanceof ActivationLayer activation) {
      return activated(inputs -> inputs.get(0), activation.getActivationFn());
    } else if (layer instanceof SubsamplingLayer pooling) {
      return maximum(pooling);
    } else if (layer instanceof GlobalPoolingLayer pooling
        && pooling.getPoolingType() == PoolingType.AVG) {
      return inputs -> Pool.globalAvgPool2d(inputs.get(0));
    } else if (layer instanceof LSTM lstm) {
      return lstm(lstm);
    }
    throw unsupported(layer.getClass().getSimpleName());
  }

  private UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException("layer %s: %s".formatted(name, what));
  }

  private Operation linear(BaseLayer layer) {
    NDArray weight = parameters.add(layer, name + "_W", array -> array.transpose(1, 0));
    NDArray bias = parameters.add(layer, name + "_b", array -> array.reshape(-1));
    return inputs -> {
      NDArray input = inputs.get(0);
      boolean maps = input.getShape().dimension() == 4;
      NDArray flat = maps ? input.reshape(input.getShape().get(0), -1) : input;
      return Linear.linear(flat, weight, bias).singletonOrThrow();
    };
  }

  private Operation convolution(ConvolutionLayer layer) {
    NDArray weight = parameters.add(layer, name + "_W", array -> array);
    NDArray bias =
        layer.hasBias() ? parameters.add(layer, name + "_b", array -> array.reshape(-1)) : null;
    Shape stride = shape(layer.getStride());
    Shape padding = padding(layer);
    Shape dilation = shape(layer.getDilation());
    return inputs ->
        Conv2d.conv2d(inputs.get(0), weight, bias, stride, padding, dilation).singletonOrThrow();
  }

  private Shape padding(ConvolutionLayer layer) {
    int[] kernel = layer.getKernelSize();
    if (layer.getConvolutionMode() != ConvolutionMode.Same) {
      return shape(layer.getPadding());
    }
    if (kernel[0] % 2 == 0
        || kernel[1] % 2 == 0
        || layer.getStride()[0] * layer.getStride()[1] > 1) {
      throw unsupported("mode Same that pads one side more than the other");
    }
    return new Shape(kernel[0] / 2, kernel[1] / 2);
  }

  private Operation normalisation(BatchNormalization layer) {
    NDArray gamma = parameters.add(layer, name + "_gamma", array -> array.reshape(-1));
    NDArray beta = parameters.add(layer, name + "_beta", array -> array.reshape(-1));
    NDArray mean = gamma.zerosLike();
    NDArray variance = gamma.onesLike();
    float decay = (float) layer.getDecay();
    float epsilon = (float) layer.getEps();
    return inputs ->
        BatchNorm.batchNorm(inputs.get(0), mean, variance, gamma, beta, 1, decay, epsilon, true)
            .singletonOrThrow();
  }

  private Operation maximum(SubsamplingLayer layer) {
    if (layer.getPoolingType() != PoolingType.MAX
        || layer.getConvolutionMode() == ConvolutionMode.Same) {
      throw unsupported("pooling other than of maxima, without mode Same");
    }
    Shape kernel = shape(layer.getKernelSize());
    Shape stride = shape(layer.getStride());
    Shape padding = shape(layer.getPadding());
    return inputs -> Pool.maxPool2d(inputs.get(0), kernel, stride, padding, false);
  }

  private Operation lstm(LSTM layer) {
    long units = layer.getNOut();
    NDArray input = parameters.add(layer, name + "_W", array -> gates(array));
    NDArray recurrent = parameters.add(layer, name + "_RW", array -> gates(array));
    NDArray bias =
        parameters.add(layer, name + "_b", array -> gates(array.reshape(1, -1)).reshape(-1));
    NDList weights = new NDList(input, recurrent, bias, bias.zerosLike());
    return inputs -> {
      NDArray sequence = inputs.get(0);
      NDArray zero = sequence.getManager().zeros(new Shape(1, sequence.getShape().get(0), units));
      return sequence
          .getNDArrayInternal()
          .lstm(sequence, new NDList(zero, zero), weights, true, 1, 0, true, false, true)
          .get(0);
    };
  }

  /**
   * DL4J's columns are block input, forget, output and input gate; PyTorch's rows are input gate,
   * forget, block input and output.
   */
  private static NDArray gates(NDArray columns) {
    NDArray rows = columns.transpose(1, 0);
    NDList four = rows.split(4);
    return four.get(3).concat(four.get(1)).concat(four.get(0)).concat(four.get(2));
  }

  private Operation activated(Operation operation, IActivation activation) {
    if (activation instanceof ActivationIdentity) {
      return operation;
    } else if (activation instanceof ActivationReLU) {
      return inputs -> Activation.relu(operation.apply(inputs));
    } else if (activation instanceof ActivationTanH) {
      return inputs -> Activation.tanh(operation.apply(inputs));
    } else if (activation instanceof ActivationSigmoid) {
      return inputs -> Activation.sigmoid(operation.apply(inputs));
    }
    throw unsupported(activation.toString());
  }

  private static Shape shape(int... values) {
    return new Shape(values[0], values[1]);
  }
}
