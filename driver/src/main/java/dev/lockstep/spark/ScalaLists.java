package dev.lockstep.spark;

import java.util.List;

/** Scala's collections. */
public final class ScalaLists {
  private ScalaLists() {}

  /** A view of it. */
  @SuppressWarnings("deprecation") // What 2.13 has instead is not in 2.12.
  public static <T> List<T> of(scala.collection.Seq<T> values) {
    return scala.collection.JavaConverters.seqAsJavaList(values);
  }

  /** A copy of it, of the kind that all versions of Scala take for a sequence. */
  @SuppressWarnings("deprecation") // What 2.13 has instead is not in 2.12.
  static <T> scala.collection.immutable.Seq<T> seq(List<T> values) {
    return scala.collection.JavaConverters.asScalaBuffer(values).toList();
  }
}
