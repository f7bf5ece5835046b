package dev.lockstep.tests;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ONNX file as ONNX Runtime computes it, on one core. */
final class OnnxFile implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxFile(String path) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(path, options);
    }
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  /**
   * What the only output is of the only input.
   *
   * @param shape with the number of examples first
   */
  float[] run(float[] values, long... shape) throws OrtException {
    return run(OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
  }

  float[] run(byte[] values, long... shape) throws OrtException {
    return run(
        OnnxTensor.createTensor(environment, ByteBuffer.wrap(values), shape, OnnxJavaType.UINT8));
  }

  /** What the only output is of several inputs, each of which is as many rows of values. */
  float[] run(int count, float[]... inputs) throws OrtException {
    Map<String, OnnxTensor> named = new LinkedHashMap<>();
    for (String name : session.getInputNames()) {
      float[] values = inputs[named.size()];
      long[] shape = {count, values.length / count};
      named.put(name, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
    }
    return run(named);
  }

  private float[] run(OnnxTensor input) throws OrtException {
    return run(Map.of(session.getInputNames().iterator().next(), input));
  }

  private float[] run(Map<String, OnnxTensor> inputs) throws OrtException {
    try (OrtSession.Result result = session.run(inputs)) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] all = new float[values.remaining()];
      values.get(all);
      return all;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
