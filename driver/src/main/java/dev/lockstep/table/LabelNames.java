package dev.lockstep.table;

import dev.lockstep.data.Schema;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.util.MetadataUtils;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/** What a label column's metadata says of classes. */
final class LabelNames {
  private LabelNames() {}

  /**
   * The names of classes, by number, as {@code StringIndexer} leaves them; numbers where they have
   * none.
   *
   * @param found how many classes there are where the metadata do not say
   */
  static List<String> of(StructField labels, int found) {
    if (Attribute.fromStructField(labels) instanceof NominalAttribute nominal
        && nominal.values().isDefined()) {
      return List.of(nominal.values().get());
    }
    Option<Object> declared = MetadataUtils.getNumClasses(labels);
    return Schema.numbered(declared.isDefined() ? (Integer) declared.get() : found);
  }
}
