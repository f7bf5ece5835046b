package dev.lockstep.tests;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
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

  private float[] run(OnnxTensor input) throws OrtException {
    try (input;
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] all = new float[values.remaining()];
      values.get(all);
      return all;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
