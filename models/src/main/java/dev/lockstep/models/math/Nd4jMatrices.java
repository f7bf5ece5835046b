package dev.lockstep.models.math;

import dev.lockstep.models.dl4j.Floats;
import java.util.Arrays;
import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Matrices as objects of DL4J's configuration take and give them. */
final class Nd4jMatrices {
  /** Memory that each thread uses again and again, as large as it was needed so far. */
  private static final WorkspaceConfiguration MEMORY =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyAllocation(AllocationPolicy.STRICT)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policyReset(ResetPolicy.BLOCK_LEFT)
          .policySpill(SpillPolicy.REALLOCATE)
          .build();

  private Nd4jMatrices() {}

  /** What is computed by matrices whose memory is given back with the last of them. */
  @SuppressWarnings("try") // The workspace is used by being open.
  static <A> A within(Supplier<A> computation) {
    try (MemoryWorkspace ignored =
        Nd4j.getWorkspaceManager()
            .getAndActivateWorkspace(MEMORY, Nd4jMatrices.class.getSimpleName())) {
      return computation.get();
    }
  }

  /**
   * The values of a matrix, row-major.
   *
   * @throws IllegalStateException if it is another
   */
  static float[] read(INDArray from, int rows, int columns) {
    if (from.length() != (long) rows * columns || from.size(0) != rows) {
      throw new IllegalStateException(
          "expected an array of [%d, %d], found %s"
              .formatted(rows, columns, Arrays.toString(from.shape())));
    }
    return Floats.rowMajor(from);
  }
}
