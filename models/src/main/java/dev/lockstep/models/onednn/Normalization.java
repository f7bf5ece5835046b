package dev.lockstep.models.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) with running statistics as DL4J keeps them: among
 * the parameters, their change being a gradient of its own.
 *
 * @param gamma where they start, or {@link Convolution#NONE} for 1; betas, or 0, follow
 * @param mean where the running means start
 * @param deviation where log₁₀ of the running deviations start, or the variances
 * @param logarithmic which of the two
 * @param decay of the running statistics
 * @param rectified whether the result goes through max(x, 0)
 * @param running whether the running statistics are used in training, too
 */
record Normalization(
    int channels,
    int gamma,
    int mean,
    int deviation,
    boolean logarithmic,
    float epsilon,
    double decay,
    boolean rectified,
    boolean running)
    implements Operation {

  Normalization rectifiedToo() {
    return new Normalization(
        channels, gamma, mean, deviation, logarithmic, epsilon, decay, true, running);
  }

  /** The same by the running statistics in training too, which stay as they are. */
  Normalization byRunning() {
    return new Normalization(
        channels, gamma, mean, deviation, logarithmic, epsilon, decay, rectified, true);
  }

  private boolean ownStatistics(Assembly assembly) {
    return assembly.training() && !running;
  }

  private boolean scaled() {
    return gamma != Convolution.NONE;
  }

  private int flags(Assembly assembly) {
    return (ownStatistics(assembly) ? 0 : dnnl.dnnl_use_global_stats)
        | (scaled() ? dnnl.dnnl_use_scale | dnnl.dnnl_use_shift : 0)
        | (rectified ? dnnl.dnnl_fuse_norm_relu : 0);
  }

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public Applied apply(Assembly assembly, List<Tensor> inputs) {
    return new Pass(assembly, inputs.get(0));
  }

  private final class Pass implements Applied {
    private final Assembly assembly;
    private final Layout vector;
    private final Layout shape;
    private final Tensor from;
    private final Tensor means;
    private final Tensor variances;
    private final Primitive forward;
    private final Tensor result;
    private final Tensor workspace;

    Pass(Assembly assembly, Tensor input) {
      this.assembly = assembly;
      vector = assembly.plain(channels);
      shape = input.layout();
      from = spatial(input);
      means =
          ownStatistics(assembly) ? assembly.allocate(vector) : assembly.parameter(mean, vector);
      variances = ownStatistics(assembly) ? assembly.allocate(vector) : runningVariances();
      forward =
          assembly.primitive(
              "batch normalization",
              (description, attribute) ->
                  dnnl.dnnl_batch_normalization_forward_primitive_desc_create(
                      description,
                      OneDnn.engine(),
                      ownStatistics(assembly)
                          ? dnnl.dnnl_forward_training
                          : dnnl.dnnl_forward_inference,
                      from.layout().handle(),
                      from.layout().handle(),
                      epsilon,
                      flags(assembly),
                      attribute));
      Tensor to = assembly.allocate(from.layout());
      forward
          .with(dnnl.DNNL_ARG_SRC, from)
          .with(dnnl.DNNL_ARG_MEAN, means)
          .with(dnnl.DNNL_ARG_VARIANCE, variances)
          .with(dnnl.DNNL_ARG_DST, to);
      if (scaled()) {
        forward
            .with(dnnl.DNNL_ARG_SCALE, assembly.parameter(gamma, vector))
            .with(dnnl.DNNL_ARG_SHIFT, assembly.parameter(gamma + channels, vector));
      }
      workspace = ownStatistics(assembly) ? assembly.workspace(forward) : null;
      if (workspace != null) {
        forward.with(dnnl.DNNL_ARG_WORKSPACE, workspace);
      }
      assembly.run(forward);
      result = shape.dims().length == 2 ? assembly.view(to, shape) : to;
    }

    /** The library has a fast kernel for pictures only: a row is one of a single point. */
    private Tensor spatial(Tensor tensor) {
      if (shape.dims().length > 2) {
        return assembly.in(shape, tensor);
      }
      Tensor plain = assembly.in(shape, tensor);
      return assembly.view(plain, assembly.layout(dnnl.dnnl_acdb, shape.dims()[0], channels, 1, 1));
    }

    private Tensor runningVariances() {
      if (!logarithmic) {
        return assembly.parameter(deviation, vector);
      }
      Tensor running = assembly.allocate(vector);
      FloatBuffer parameters = assembly.weights().values();
      float[] values = new float[channels];
      assembly.runWithParameters(
          () -> {
            for (int i = 0; i < channels; i++) {
              values[i] = (float) Math.pow(10, 2.0 * parameters.get(deviation + i));
            }
            running.values().put(values, 0, channels);
          });
      return running;
    }

    @Override
    public Tensor output() {
      return result;
    }

    @Override
    public List<Tensor> backpropagate(Tensor gradient, boolean down) {
      Tensor by = spatial(gradient);
      Tensor to = assembly.allocate(from.layout());
      Primitive backward =
          assembly.primitive(
              "batch normalization backwards",
              (description, attribute) ->
                  dnnl.dnnl_batch_normalization_backward_primitive_desc_create(
                      description,
                      OneDnn.engine(),
                      scaled() ? dnnl.dnnl_backward : dnnl.dnnl_backward_data,
                      from.layout().handle(),
                      from.layout().handle(),
                      from.layout().handle(),
                      epsilon,
                      flags(assembly),
                      forward.description(),
                      attribute));
      backward
          .with(dnnl.DNNL_ARG_SRC, from)
          .with(dnnl.DNNL_ARG_MEAN, means)
          .with(dnnl.DNNL_ARG_VARIANCE, variances)
          .with(dnnl.DNNL_ARG_DIFF_DST, by)
          .with(dnnl.DNNL_ARG_DIFF_SRC, to);
      if (scaled()) {
        backward
            .with(dnnl.DNNL_ARG_SCALE, assembly.parameter(gamma, vector))
            .with(dnnl.DNNL_ARG_DIFF_SCALE, assembly.gradient(gamma, vector))
            .with(dnnl.DNNL_ARG_DIFF_SHIFT, assembly.gradient(gamma + channels, vector));
      }
      if (workspace != null) {
        backward.with(dnnl.DNNL_ARG_WORKSPACE, workspace);
      }
      assembly.run(backward);
      assembly.run(new RunningStatistics(Normalization.this, assembly, means, variances));
      return List.of(shape.dims().length == 2 ? assembly.view(to, shape) : to);
    }
  }
}
