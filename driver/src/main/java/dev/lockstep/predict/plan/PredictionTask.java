package dev.lockstep.predict.plan;

import dev.lockstep.data.LocalFiles;
import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PicturePrediction;
import dev.lockstep.predict.PicturePredictor;
import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.PredictionSink;
import dev.lockstep.predict.TallyBuilder;
import dev.lockstep.predict.output.PartOutput;
import dev.lockstep.predict.output.PredictionOutput;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Predicts a chunk and commits what comes of it; the record that it is done comes last. */
record PredictionTask(PictureModel model, int top, PredictionOutput output, int generation)
    implements Serializable {

  PictureTally run(PlanChunk chunk) {
    Configuration hadoop = LocalFiles.in(SparkHadoopUtil.get().conf());
    return output.checked(() -> run(chunk, hadoop));
  }

  private PictureTally run(PlanChunk chunk, Configuration hadoop) throws IOException {
    TallyBuilder counted = new TallyBuilder(model.classes().size());
    PartOutput part = new PartOutput(output, generation, chunk.number(), model, hadoop);
    try (part;
        PlanFile.Names pictures = PlanFile.read(chunk, hadoop)) {
      new PicturePredictor(model, top, hadoop).predict(pictures, new Both(counted, part));
    }
    PictureTally tally = counted.build();
    if (tally.pictures() != chunk.pictures()) {
      throw new IllegalStateException(
          "of %d pictures in chunk %d there are results of %d"
              .formatted(chunk.pictures(), chunk.number(), tally.pictures()));
    }
    part.commit();
    output.write(
        output.done(generation, chunk.recordName()), output.temporary(generation), tally, hadoop);
    return tally;
  }

  private record Both(PredictionSink one, PredictionSink other) implements PredictionSink {
    @Override
    public void predicted(PicturePrediction prediction) throws IOException {
      one.predicted(prediction);
      other.predicted(prediction);
    }

    @Override
    public void blank(PictureFile file) throws IOException {
      one.blank(file);
      other.blank(file);
    }

    @Override
    public void quarantined(PictureFile file, String reason) throws IOException {
      one.quarantined(file, reason);
      other.quarantined(file, reason);
    }
  }
}
