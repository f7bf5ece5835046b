package dev.lockstep.predict.plan;

import dev.lockstep.data.LocalFiles;
import dev.lockstep.predict.PredictionTally;
import dev.lockstep.predict.output.PredictionOutput;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Does a chunk; the record that it is done comes last. */
record ChunkTask<T extends PredictionTally<T>>(
    PredictionWork.Task<T> task, PredictionOutput output, int generation) implements Serializable {

  T run(PlanChunk chunk) {
    Configuration hadoop = LocalFiles.in(SparkHadoopUtil.get().conf());
    return output.checked(
        () -> {
          T tally = task.run(chunk, output, generation, hadoop);
          if (tally.examples() != chunk.examples()) {
            throw new IllegalStateException(
                "of %d examples in chunk %d there are results of %d"
                    .formatted(chunk.examples(), chunk.number(), tally.examples()));
          }
          output.write(output.done(generation, chunk.recordName()), tally, hadoop);
          return tally;
        });
  }
}
