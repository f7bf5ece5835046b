package dev.lockstep.predict.listing;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.lockstep.data.DataError;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.LocalFiles;
import dev.lockstep.data.Locations;
import dev.lockstep.predict.PictureFile;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

record CsvLabels(String file, ClassNames classes) implements Labels {
  private static final List<String> HEADER = List.of("path", "label");

  @Override
  public JavaRDD<PictureFile> label(JavaSparkContext spark, JavaRDD<PictureFile> pictures) {
    Path folder = folder(spark);
    JavaPairRDD<String, Integer> labels =
        spark
            .newAPIHadoopFile(
                Locations.literal(Locations.of(file, spark.hadoopConfiguration())),
                TextInputFormat.class,
                LongWritable.class,
                Text.class,
                LocalFiles.in(spark.hadoopConfiguration()))
            .values()
            .map(Text::toString)
            .zipWithIndex()
            .mapPartitionsToPair(lines -> rows(lines, folder))
            .reduceByKey((one, other) -> same(one, other));
    JavaPairRDD<String, PictureFile> byPath =
        pictures.mapToPair(picture -> new Tuple2<>(picture.path(), picture));
    JavaPairRDD<String, PictureFile> byName =
        label(byPath, labels)
            .mapToPair(picture -> new Tuple2<>(new Path(picture.path()).getName(), picture));
    return label(byName, labels);
  }

  private static JavaRDD<PictureFile> label(
      JavaPairRDD<String, PictureFile> pictures, JavaPairRDD<String, Integer> labels) {
    return pictures
        .leftOuterJoin(labels)
        .values()
        .map(
            pair ->
                pair._1().label() < 0 && pair._2().isPresent()
                    ? pair._1().labelled(pair._2().get())
                    : pair._1());
  }

  /** The folder that relative paths start in; fails early where there is no such file. */
  private Path folder(JavaSparkContext spark) {
    Path path = Locations.of(file, spark.hadoopConfiguration());
    try {
      FileSystem files = path.getFileSystem(spark.hadoopConfiguration());
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new DataError("%s: expected a CSV file of labels, found a folder".formatted(file));
      }
      if (status.getLen() == 0) {
        throw new DataError("%s: expected the header path,label, found nothing".formatted(file));
      }
      return status.getPath().getParent();
    } catch (IOException e) {
      throw new DataError(
          "%s: labels cannot be read: %s".formatted(file, FileSystems.message(e)), e);
    }
  }

  private Iterator<Tuple2<String, Integer>> rows(
      Iterator<Tuple2<String, Long>> lines, Path folder) {
    CsvParser parser = new CsvParser(new CsvParserSettings());
    Iterable<Tuple2<String, Long>> all = () -> lines;
    return StreamSupport.stream(all.spliterator(), false)
        .filter(line -> !line._1().isBlank())
        .flatMap(line -> row(parser.parseLine(line._1()), line._2() + 1, folder).stream())
        .iterator();
  }

  private Optional<Tuple2<String, Integer>> row(String[] fields, long line, Path folder) {
    if (fields.length != 2 || fields[0] == null || fields[1] == null) {
      throw new DataError(
          "%s, line %d: expected a path and a label, found %d fields"
              .formatted(file, line, fields.length));
    }
    if (line == 1) {
      if (!HEADER.equals(List.of(fields))) {
        throw new DataError(
            "%s: expected the header path,label, found %s"
                .formatted(file, String.join(",", fields)));
      }
      return Optional.empty();
    }
    int label =
        classes
            .number(fields[1])
            .orElseThrow(
                () ->
                    new DataError(
                        "%s, line %d: expected a class, %s, found %s"
                            .formatted(file, line, classes.range(), fields[1])));
    boolean nameAlone = !fields[0].contains("/");
    return Optional.of(
        new Tuple2<>(nameAlone ? fields[0] : Locations.child(folder, fields[0]).toString(), label));
  }

  private int same(int one, int other) {
    if (one != other) {
      throw new DataError(
          "%s: says of one picture both %d and %d: give its whole path"
              .formatted(file, one, other));
    }
    return one;
  }

  @Override
  public String description() {
    return file;
  }
}
