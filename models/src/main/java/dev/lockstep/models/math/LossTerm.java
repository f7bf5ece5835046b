package dev.lockstep.models.math;

/** Losses that are a sum over outputs of one formula. o is an output, y its label. */
enum LossTerm {
  /** (o − y)², over the columns their mean: {@code LossMSE}. */
  MEAN_SQUARE {
    @Override
    double loss(float output, float label, float epsilon) {
      return square(output, label);
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return output - label;
    }

    @Override
    float slopeFactor(int columns) {
      return 2f / columns;
    }

    @Override
    int divisor(int columns) {
      return columns;
    }
  },
  /** (o − y)²: {@code LossL2}. */
  SQUARE {
    @Override
    double loss(float output, float label, float epsilon) {
      return square(output, label);
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return output - label;
    }

    @Override
    float slopeFactor(int columns) {
      return 2;
    }
  },
  /** |o − y|, over the columns their mean: {@code LossMAE}. */
  MEAN_DISTANCE {
    @Override
    double loss(float output, float label, float epsilon) {
      return Math.abs(output - label);
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return Math.signum(output - label);
    }

    @Override
    float slopeFactor(int columns) {
      return 1f / columns;
    }

    @Override
    int divisor(int columns) {
      return columns;
    }
  },
  /** |o − y|: {@code LossL1}. */
  DISTANCE {
    @Override
    double loss(float output, float label, float epsilon) {
      return Math.abs(output - label);
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return Math.signum(output - label);
    }
  },
  /** 100·|o − y| / |y|, over the columns their mean: {@code LossMAPE}. */
  PERCENTAGE {
    @Override
    double loss(float output, float label, float epsilon) {
      return 100 * Math.abs((label - output) / label);
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return Math.signum(output - label) / Math.abs(label);
    }

    @Override
    float slopeFactor(int columns) {
      return 100f / columns;
    }

    @Override
    int divisor(int columns) {
      return columns;
    }
  },
  /** ln²((o + 1) / (y + 1)), over the columns their mean: {@code LossMSLE}. */
  LOGARITHMIC {
    @Override
    double loss(float output, float label, float epsilon) {
      double logarithm = Math.log((output + 1) / (label + 1));
      return logarithm * logarithm;
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return (float) (Math.log((output + 1) / (label + 1)) / (output + 1));
    }

    @Override
    float slopeFactor(int columns) {
      return 2f / columns;
    }

    @Override
    int divisor(int columns) {
      return columns;
    }
  },
  /**
   * −y·ln(o + ε), differentiated as written: {@code StabilisedCrossEntropy}, and with ε = 0 {@code
   * LossMCXENT} of any activation but softmax.
   */
  CROSS_ENTROPY {
    @Override
    double loss(float output, float label, float epsilon) {
      // Most labels are 0: this saves most logarithms.
      return label == 0 ? 0 : -(label * Math.log(output + epsilon));
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return -label / (output + epsilon);
    }
  },
  /** −y·ln o − (1 − y)·ln(1 − o), o clipped to [ε, 1 − ε] in both: {@code LossBinaryXENT}. */
  BINARY_CROSS_ENTROPY {
    @Override
    double loss(float output, float label, float epsilon) {
      float p = clipped(output, epsilon);
      return -(label * Math.log(p) + (1 - label) * Math.log(1 - p));
    }

    @Override
    float slope(float output, float label, float epsilon) {
      float p = clipped(output, epsilon);
      return (p - label) / (p * (1 - p));
    }
  },
  /** max(0, 1 − y·o): {@code LossHinge}. */
  HINGE {
    @Override
    double loss(float output, float label, float epsilon) {
      return Math.max(0, 1 - output * label);
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return output * label < 1 ? -label : 0;
    }
  },
  /** max(0, 1 − y·o)²: {@code LossSquaredHinge}. */
  SQUARED_HINGE {
    @Override
    double loss(float output, float label, float epsilon) {
      double excess = Math.max(0, 1 - output * label);
      return excess * excess;
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return -2 * label * Math.max(0, 1 - output * label);
    }
  },
  /** y·ln(y / o), in the loss but not in the gradient clipped to [1e-5, 1]: {@code LossKLD}. */
  DIVERGENCE {
    @Override
    double loss(float output, float label, float epsilon) {
      double y = Math.max(LEAST, Math.min(1, label));
      return y * Math.log(y / Math.max(LEAST, Math.min(1, output)));
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return -label / output;
    }
  },
  /** o − y·ln o: {@code LossPoisson}. */
  POISSON {
    @Override
    double loss(float output, float label, float epsilon) {
      return output - label * Math.log(output);
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return 1 - label / output;
    }
  },
  /** y·o, over the columns their mean: {@code LossWasserstein}. */
  WASSERSTEIN {
    @Override
    double loss(float output, float label, float epsilon) {
      return output * label;
    }

    @Override
    float slope(float output, float label, float epsilon) {
      return label;
    }

    @Override
    float slopeFactor(int columns) {
      return 1f / columns;
    }

    @Override
    int divisor(int columns) {
      return columns;
    }
  };

  /** ND4J's {@code EPS_THRESHOLD}. */
  private static final double LEAST = 1e-5;

  /** The loss of one output, times the {@link #divisor}. */
  abstract double loss(float output, float label, float epsilon);

  /** The loss's derivative by the output, divided by {@link #slopeFactor}. */
  abstract float slope(float output, float label, float epsilon);

  float slopeFactor(int columns) {
    return 1;
  }

  int divisor(int columns) {
    return 1;
  }

  private static double square(float output, float label) {
    float difference = output - label;
    return difference * difference;
  }

  static float clipped(float p, float clip) {
    return Math.max(clip, Math.min(1 - clip, p));
  }
}
