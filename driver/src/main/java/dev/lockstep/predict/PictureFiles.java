package dev.lockstep.predict;

import dev.lockstep.data.DataError;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds picture files by name. (Spark's own {@code binaryFile} source leaves out empty files, which
 * have to be accounted for.)
 */
final class PictureFiles {
  private static final List<String> EXTENSIONS =
      List.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp");
  private static final StructType COLUMNS =
      new StructType().add("path", DataTypes.StringType).add("length", DataTypes.LongType);

  private PictureFiles() {}

  private enum Depth {
    ONE,
    ALL
  }

  /** A file, or a folder with the files in it, that one task lists. */
  private record Place(String path, Depth depth) implements Serializable {}

  /**
   * The pictures at some paths, listed by tasks: one for each folder below a given one. Links to
   * folders are not followed, and names that begin with a dot or an underscore are left out.
   *
   * @param paths files, folders with all that is below them, or globs, on any Hadoop file system
   * @return path and length
   * @throws DataError if a path is nothing, or a file of another kind
   */
  static Dataset<Row> list(SparkSession spark, List<String> paths) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<Place> places = new ArrayList<>();
    for (String path : paths) {
      try {
        places.addAll(places(path, hadoop));
      } catch (IOException | IllegalArgumentException e) {
        throw new DataError("%s: cannot be listed: %s".formatted(path, e.getMessage()), e);
      }
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataFrame(
        context.parallelize(places, places.size()).flatMap(PictureFiles::pictures).distinct(),
        COLUMNS);
  }

  private static List<Place> places(String path, Configuration hadoop) throws IOException {
    Path pattern = new Path(path);
    FileStatus[] found = pattern.getFileSystem(hadoop).globStatus(pattern);
    if (found == null || found.length == 0) {
      throw new DataError(path + ": expected pictures or folders of them, found nothing");
    }
    if (found.length == 1 && found[0].isFile() && !isPicture(found[0])) {
      throw new DataError(
          "%s: expected a file ending in %s".formatted(path, String.join(", ", EXTENSIONS)));
    }
    List<Place> places = new ArrayList<>();
    for (FileStatus root : found) {
      places.add(new Place(root.getPath().toString(), Depth.ONE));
      if (root.isDirectory()) {
        for (Iterator<FileStatus> it = children(root.getPath(), hadoop); it.hasNext(); ) {
          FileStatus child = it.next();
          if (isOwnFolder(child)) {
            places.add(new Place(child.getPath().toString(), Depth.ALL));
          }
        }
      }
    }
    return places;
  }

  private static Iterator<Row> pictures(Place place) throws IOException {
    Configuration hadoop = SparkHadoopUtil.get().conf();
    List<Row> rows = new ArrayList<>();
    Path root = new Path(place.path());
    FileStatus status = root.getFileSystem(hadoop).getFileStatus(root);
    if (status.isFile()) {
      add(rows, status);
    } else {
      collect(rows, root, place.depth(), hadoop);
    }
    return rows.iterator();
  }

  private static void collect(List<Row> rows, Path folder, Depth depth, Configuration hadoop)
      throws IOException {
    for (Iterator<FileStatus> it = children(folder, hadoop); it.hasNext(); ) {
      FileStatus child = it.next();
      if (child.isFile()) {
        add(rows, child);
      } else if (depth == Depth.ALL && isOwnFolder(child)) {
        collect(rows, child.getPath(), depth, hadoop);
      }
    }
  }

  private static void add(List<Row> rows, FileStatus file) {
    if (isPicture(file)) {
      rows.add(RowFactory.create(file.getPath().toString(), file.getLen()));
    }
  }

  private static Iterator<FileStatus> children(Path folder, Configuration hadoop)
      throws IOException {
    RemoteIterator<FileStatus> children = folder.getFileSystem(hadoop).listStatusIterator(folder);
    List<FileStatus> shown = new ArrayList<>();
    while (children.hasNext()) {
      FileStatus child = children.next();
      char first = child.getPath().getName().charAt(0);
      if (first != '.' && first != '_') {
        shown.add(child);
      }
    }
    return shown.iterator();
  }

  private static boolean isPicture(FileStatus file) {
    String name = file.getPath().getName().toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(extension -> name.endsWith("." + extension));
  }

  /** Not a link, which may lead round in a circle. */
  private static boolean isOwnFolder(FileStatus status) {
    String scheme = status.getPath().toUri().getScheme();
    return status.isDirectory()
        && !("file".equals(scheme)
            && Files.isSymbolicLink(Paths.get(status.getPath().toUri().getPath())));
  }
}
