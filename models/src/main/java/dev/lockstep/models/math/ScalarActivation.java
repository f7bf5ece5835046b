package dev.lockstep.models.math;

/** Activations of single values that are used more rarely, by their formulas. */
enum ScalarActivation implements ActivationFunction {
  /** x, within [−1, 1]. */
  HARD_TANH {
    @Override
    float value(float x) {
      return Math.max(-1, Math.min(1, x));
    }

    @Override
    float slope(float x) {
      return Math.abs(x) > 1 ? 0 : 1;
    }
  },
  /** 0.2·x + 0.5, within [0, 1]. */
  HARD_SIGMOID {
    @Override
    float value(float x) {
      return Math.max(0, Math.min(1, 0.2f * x + 0.5f));
    }

    @Override
    float slope(float x) {
      return Math.abs(x) > 2.5f ? 0 : 0.2f;
    }
  },
  /** ln(1 + eˣ). */
  SOFT_PLUS {
    @Override
    float value(float x) {
      return softPlus(x);
    }

    @Override
    float slope(float x) {
      return FloatMath.sigmoid(x);
    }
  },
  /** x / (1 + |x|). */
  SOFT_SIGN {
    @Override
    float value(float x) {
      return x / (1 + Math.abs(x));
    }

    @Override
    float slope(float x) {
      float y = 1 + Math.abs(x);
      return 1 / (y * y);
    }
  },
  /** Klambauer et al. 2017 (arXiv:1706.02515). */
  SELU {
    @Override
    float value(float x) {
      return (float) (x > 0 ? SELU_SCALE * x : SELU_SCALE * SELU_ALPHA * Math.expm1(x));
    }

    @Override
    float slope(float x) {
      return (float) (x > 0 ? SELU_SCALE : SELU_SCALE * SELU_ALPHA * Math.exp(x));
    }
  },
  /** x³. */
  CUBE {
    @Override
    float value(float x) {
      return x * x * x;
    }

    @Override
    float slope(float x) {
      return 3 * x * x;
    }
  },
  /** tanh x, or 0 below 0. */
  RECTIFIED_TANH {
    @Override
    float value(float x) {
      return Math.max(0, FloatMath.tanh(x));
    }

    @Override
    float slope(float x) {
      float y = FloatMath.tanh(x);
      return x > 0 ? 1 - y * y : 0;
    }
  },
  /** 1.7159·tanh(2x/3) by the fraction of arXiv:1508.01292. */
  RATIONAL_TANH {
    @Override
    float value(float x) {
      double t = 2 * Math.abs(x) / 3.0;
      double fraction = 1 - 1 / (1 + t + t * t + RATIONAL * t * t * t * t);
      return (float) (1.7159 * Math.signum(x) * fraction);
    }

    @Override
    float slope(float x) {
      double t = 2 * Math.abs(x) / 3.0;
      double divisor = 1 + t + t * t + RATIONAL * t * t * t * t;
      double rise = 1 + 2 * t + 4 * RATIONAL * t * t * t;
      return (float) (1.7159 * 2 / 3 * rise / (divisor * divisor));
    }
  },
  /** x·sigmoid(x). */
  SWISH {
    @Override
    float value(float x) {
      return x * FloatMath.sigmoid(x);
    }

    @Override
    float slope(float x) {
      return gatedSlope(x, 1);
    }
  },
  /** Hendrycks and Gimpel 2016 (arXiv:1606.08415), section 2: x·sigmoid(1.702·x). */
  GELU {
    @Override
    float value(float x) {
      return x * FloatMath.sigmoid(GATE * x);
    }

    @Override
    float slope(float x) {
      return gatedSlope(x, GATE);
    }
  },
  /** GELU by tanh, as ND4J has it: the factor 0.044715 within the cube. */
  PRECISE_GELU {
    @Override
    float value(float x) {
      double cubed = Math.pow(0.044715 * x, 3);
      return (float) (0.5 * x * (1 + Math.tanh(ROOT_2_BY_PI * (x + cubed))));
    }

    @Override
    float slope(float x) {
      double cubed = Math.pow(0.044715 * x, 3);
      double t = Math.tanh(ROOT_2_BY_PI * (x + cubed));
      // x times the derivative of the argument of tanh.
      double argument = ROOT_2_BY_PI * (x + 3 * cubed);
      return (float) (0.5 * (1 + t) + 0.5 * argument * (1 - t * t));
    }
  },
  /** Misra 2019 (arXiv:1908.08681): x·tanh(ln(1 + eˣ)). */
  MISH {
    @Override
    float value(float x) {
      return x * FloatMath.tanh(softPlus(x));
    }

    @Override
    float slope(float x) {
      float t = FloatMath.tanh(softPlus(x));
      return t + x * FloatMath.sigmoid(x) * (1 - t * t);
    }
  };

  private static final double SELU_SCALE = 1.0507009873554804934193349852946;
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
  private static final double RATIONAL = 1.41645;
  private static final float GATE = 1.702f;
  private static final double ROOT_2_BY_PI = Math.sqrt(2 / Math.PI);

  abstract float value(float x);

  /** The derivative of {@link #value}. */
  abstract float slope(float x);

  @Override
  public void apply(float[] values, int rows, int columns) {
    int length = rows * columns;
    for (int i = 0; i < length; i++) {
      values[i] = value(values[i]);
    }
  }

  @Override
  public boolean needsInputs() {
    return true;
  }

  @Override
  public void backpropagate(
      float[] inputs, float[] activations, float[] gradient, int rows, int columns) {
    int length = rows * columns;
    for (int i = 0; i < length; i++) {
      gradient[i] *= slope(inputs[i]);
    }
  }

  private static float softPlus(float x) {
    return (float) (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));
  }

  /** The derivative of x·sigmoid(gate·x). */
  private static float gatedSlope(float x, float gate) {
    float s = FloatMath.sigmoid(gate * x);
    return s + gate * x * s * (1 - s);
  }
}
