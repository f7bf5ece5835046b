package dev.lockstep.report;

import dev.lockstep.data.DataSource;
import dev.lockstep.data.PictureShape;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Values;
import dev.lockstep.report.ContactSheet.Thumbnail;
import dev.lockstep.train.Prediction;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** Pictures that were taken for something else, fetched from their data set. */
public record WronglyRead(JavaSparkContext spark, DataSource data) {
  private static final int SHOWN = 50;

  /** Some of them, if it is pictures. */
  public ContactSheet sheet(List<Prediction> mistakes) {
    Schema schema = data.schema();
    return schema.featureType() == Schema.FeatureType.UINT8 && schema.picture().isPresent()
        ? pictures(mistakes)
        : ContactSheet.NONE;
  }

  private ContactSheet pictures(List<Prediction> mistakes) {
    Map<Long, Prediction> shown =
        mistakes.stream()
            .limit(SHOWN)
            .collect(Collectors.toMap(Prediction::id, Function.identity()));
    PictureShape shape = data.schema().picture().orElseThrow();
    List<String> names = data.schema().classNames();
    List<Long> ids = List.copyOf(shown.keySet());
    return new ContactSheet(
        data
            .load(spark, spark.defaultParallelism())
            .filter(example -> ids.contains(example.id()))
            .collect()
            .stream()
            .map(
                example -> {
                  Prediction prediction = shown.get(example.id());
                  byte[] pixels = ((Values.Bytes) example.features()).values();
                  String caption =
                      names.get(prediction.label()) + " as " + names.get(prediction.predicted());
                  return new Thumbnail(pixels, shape, caption);
                })
            .toList());
  }
}
