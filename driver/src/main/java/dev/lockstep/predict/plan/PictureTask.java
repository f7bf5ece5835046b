package dev.lockstep.predict.plan;

import dev.lockstep.predict.PictureFile;
import dev.lockstep.predict.PictureModel;
import dev.lockstep.predict.PicturePrediction;
import dev.lockstep.predict.PicturePredictor;
import dev.lockstep.predict.PictureTally;
import dev.lockstep.predict.PredictionSink;
import dev.lockstep.predict.TallyBuilder;
import dev.lockstep.predict.output.OutputColumn;
import dev.lockstep.predict.output.OutputColumn.Kind;
import dev.lockstep.predict.output.PartOutput;
import dev.lockstep.predict.output.PredictionOutput;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Predicts a chunk of pictures. */
record PictureTask(PictureModel model, int top) implements PredictionWork.Task<PictureTally> {
  private static final List<OutputColumn> COLUMNS =
      List.of(
          OutputColumn.ofVarious("path", Kind.TEXT),
          OutputColumn.ofOptional("label", Kind.INT),
          OutputColumn.of("prediction", Kind.INT),
          OutputColumn.of("class", Kind.TEXT),
          OutputColumn.ofVarious("probability", Kind.FLOAT),
          OutputColumn.of("top", Kind.INTS),
          OutputColumn.ofVarious("probabilities", Kind.FLOATS),
          OutputColumn.of("model", Kind.TEXT));

  @Override
  public PictureTally run(
      PlanChunk chunk, PredictionOutput output, int generation, Configuration hadoop)
      throws IOException {
    TallyBuilder counted = new TallyBuilder(model.classes().size());
    PartOutput part =
        new PartOutput(output, generation, chunk.number(), COLUMNS, List.of("path"), hadoop);
    try (part;
        PlanFile.Names pictures = PlanFile.read(chunk, hadoop)) {
      new PicturePredictor(model, top, hadoop).predict(pictures, new Both(counted, part, model));
    }
    part.commit();
    return counted.build();
  }

  private record Both(TallyBuilder counted, PartOutput part, PictureModel model)
      implements PredictionSink {
    @Override
    public void predicted(PicturePrediction prediction) throws IOException {
      counted.predicted(prediction);
      int label = prediction.file().label();
      part.predicted(
          prediction.file().path(),
          label == PictureFile.UNLABELLED ? null : label,
          prediction.prediction(),
          model.classes().get(prediction.prediction()),
          prediction.probability(),
          prediction.top(),
          prediction.probabilities(),
          model.id());
    }

    @Override
    public void blank(PictureFile file) throws IOException {
      counted.blank(file);
      part.blank(file.path());
    }

    @Override
    public void quarantined(PictureFile file, String reason) throws IOException {
      counted.quarantined(file, reason);
      part.quarantined(file.path(), reason);
    }
  }
}
