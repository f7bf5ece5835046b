package dev.lockstep.data.prepare;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Locations;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A file that data was prepared from, or a folder with all files in it.
 *
 * @param files how many
 * @param bytes their length together
 * @param modified when the last of them, or of their folders, was changed, in milliseconds since
 *     1970
 * @param sha256 of the file; of a folder, that of the lines {@code <sha256> <name>} of its files in
 *     the order of their names; where one cannot be read, the reason stands for its checksum
 */
public record SourceFiles(String path, long files, long bytes, long modified, String sha256) {
  /** A folder may have far more pictures than a job should have tasks. */
  private static final int MAX_TASKS = 500;

  /** The same but for the checksum, which costs to read everything. */
  static SourceFiles listed(String path, Configuration hadoop) {
    return of(path, list(path, hadoop), "");
  }

  /** With the checksum, by tasks: a large file is one task's. */
  static SourceFiles read(JavaSparkContext spark, String path) {
    List<FileStatus> places = list(path, spark.hadoopConfiguration());
    List<FileStatus> files = files(places);
    List<String> names = files.stream().map(file -> file.getPath().toString()).toList();
    List<String> sums =
        spark
            .parallelize(names, Math.max(1, Math.min(names.size(), MAX_TASKS)))
            .map(SourceFiles::sha256)
            .collect();
    String root = Locations.of(path, spark.hadoopConfiguration()).toUri().getPath();
    if (files.size() == 1 && files.get(0).getPath().toUri().getPath().equals(root)) {
      return of(path, places, sums.get(0));
    }
    StringBuilder lines = new StringBuilder();
    int folder = new Path(root, "x").toUri().getPath().length() - 1;
    for (int i = 0; i < sums.size(); i++) {
      String name = files.get(i).getPath().toUri().getPath().substring(folder);
      lines.append(sums.get(i)).append("  ").append(name).append('\n');
    }
    return of(path, places, DigestUtils.sha256Hex(lines.toString()));
  }

  private static SourceFiles of(String path, List<FileStatus> places, String sha256) {
    List<FileStatus> files = files(places);
    return new SourceFiles(
        DataFiles.name(path),
        files.size(),
        files.stream().mapToLong(FileStatus::getLen).sum(),
        places.stream().mapToLong(FileStatus::getModificationTime).max().orElse(0),
        sha256);
  }

  private static String sha256(String file) {
    Path path = new Path(file);
    try (InputStream in = Locations.open(path, SparkHadoopUtil.get().conf())) {
      return DigestUtils.sha256Hex(in);
    } catch (IOException | FSError e) {
      return DataFiles.reason(e);
    }
  }

  private static List<FileStatus> files(List<FileStatus> places) {
    return places.stream().filter(FileStatus::isFile).toList();
  }

  /** A file, or a folder with all that is in it. */
  private static List<FileStatus> list(String path, Configuration hadoop) {
    try {
      Path root = Locations.of(path, hadoop);
      FileSystem system = root.getFileSystem(hadoop);
      FileStatus status = system.getFileStatus(root);
      List<FileStatus> places = new ArrayList<>(List.of(status));
      if (status.isDirectory()) {
        collect(system, root, Links.FOLLOWED, places);
      }
      places.sort(Comparator.comparing(file -> file.getPath().toString()));
      return places;
    } catch (IOException e) {
      throw DataFiles.unreadable(path, e);
    }
  }

  /** As folders of pictures are read: the folder of a class may be a link, others may not. */
  private enum Links {
    FOLLOWED,
    PASSED_OVER
  }

  private static void collect(FileSystem system, Path folder, Links links, List<FileStatus> places)
      throws IOException {
    RemoteIterator<FileStatus> children = system.listStatusIterator(folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      if (!DataFiles.isShown(child.getPath())) {
        continue;
      }
      if (child.isFile()) {
        places.add(child);
      } else if (links == Links.FOLLOWED || !DataFiles.isLink(child.getPath())) {
        places.add(child);
        collect(system, child.getPath(), Links.PASSED_OVER, places);
      }
    }
  }

  /** Whether this is the file that another was when it was read; the path may be another. */
  boolean sameContent(SourceFiles other) {
    return bytes == other.bytes && files == other.files && sha256.equals(other.sha256);
  }

  /** Whether nothing suggests that this has changed since another was read. */
  boolean looksLike(SourceFiles other) {
    return new SourceFiles(path, files, bytes, modified, other.sha256).equals(other);
  }
}
