package dev.lockstep.models.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model as ONNX Runtime computes it, on one core. */
final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OnnxModel model;
  private final OrtSession session;

  OnnxSession(OnnxModel model) throws OrtException {
    this.model = model;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(model.content(), options);
    }
  }

  /** Further texts by name. */
  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  /**
   * @param inputs row-major, each of as many examples
   * @return the outputs, row-major
   */
  List<float[]> run(int size, float[]... inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (ModelTensor input : model.inputs()) {
      float[] values = inputs[tensors.size()];
      long[] shape = shape(input, size, values.length);
      tensors.put(
          input.name(), OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
    }
    return run(tensors);
  }

  /** The same of bytes. */
  List<float[]> run(int size, byte[] values) throws OrtException {
    ModelTensor input = model.inputs().get(0);
    return run(
        Map.of(
            input.name(),
            OnnxTensor.createTensor(
                environment,
                ByteBuffer.wrap(values),
                shape(input, size, values.length),
                OnnxJavaType.UINT8)));
  }

  private List<float[]> run(Map<String, OnnxTensor> tensors) throws OrtException {
    try (OrtSession.Result result = session.run(tensors)) {
      List<float[]> outputs = new ArrayList<>();
      for (int i = 0; i < model.outputs().size(); i++) {
        FloatBuffer values = ((OnnxTensor) result.get(i)).getFloatBuffer();
        float[] all = new float[values.remaining()];
        values.get(all);
        outputs.add(all);
      }
      return outputs;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** With as many steps as there are values, where the model takes any. */
  private static long[] shape(ModelTensor tensor, int size, int length) {
    long[] shape = new long[tensor.shape().size()];
    int unknown = -1;
    long known = 1;
    for (int i = 0; i < shape.length; i++) {
      String dimension = tensor.shape().get(i);
      if (dimension.endsWith("_steps")) {
        unknown = i;
      } else {
        shape[i] = i == 0 ? size : Long.parseLong(dimension);
        known *= shape[i];
      }
    }
    if (unknown >= 0) {
      shape[unknown] = length / known;
    }
    return shape;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
