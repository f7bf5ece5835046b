package dev.lockstep.data.chunk;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.DataSource;
import dev.lockstep.data.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Prepared files of chunks, by their first bytes. */
public final class ChunkFormat implements DataFormat {
  private static final int MAX_TASKS = 500;

  @Override
  public boolean matches(DataFiles files) {
    return new String(files.head(), StandardCharsets.ISO_8859_1).startsWith(ChunkFileHead.MAGIC);
  }

  @Override
  public DataSource open(JavaSparkContext spark, DataLocation location, DataFiles files) {
    List<String> paths = files.files().stream().map(file -> file.getPath().toString()).toList();
    List<ChunkFile> opened =
        Transport.map(
            spark,
            paths,
            Math.min(paths.size(), MAX_TASKS),
            path -> ChunkFile.open(path, SparkHadoopUtil.get().conf()));
    ChunkFile first = opened.get(0);
    for (ChunkFile file : opened) {
      if (!file.schema().equals(first.schema()) || file.rows() != first.rows()) {
        throw new DataError(
            "%s: expected examples as in %s, found others"
                .formatted(DataFiles.name(file.path()), DataFiles.name(first.path())));
      }
    }
    return new ChunkSource(opened);
  }
}
