package dev.lockstep.train;

/** The loss or a parameter has become NaN or infinite. */
public final class DivergenceException extends RuntimeException {
  DivergenceException(long step, double lastGoodLoss) {
    super(
        ("training diverged: the loss is not finite at step %d (last finite loss: %s);"
                + " try a smaller --learning-rate, or --optimizer adam")
            .formatted(step, Double.isNaN(lastGoodLoss) ? "none" : "%.6g".formatted(lastGoodLoss)));
  }
}
