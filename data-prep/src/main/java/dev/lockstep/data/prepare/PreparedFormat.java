package dev.lockstep.data.prepare;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFormat;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Schema.FeatureType;
import dev.lockstep.data.chunk.ChunkFormat;
import dev.lockstep.data.idx.IdxFormat;
import dev.lockstep.data.image.PictureFormat;
import dev.lockstep.data.parquet.ParquetFormat;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** In which form a prepared data set is written. */
public enum PreparedFormat {
  /** What everybody reads: shards that say what is in them, with checksums. */
  PARQUET {
    @Override
    ShardWriter open(Path folder, int shard, Schema schema, Configuration hadoop)
        throws IOException {
      return new ParquetShard(folder, shard, schema, hadoop);
    }

    @Override
    DataFormat reading() {
      return new ParquetFormat();
    }
  },
  /** What trains from where it is, if it does not fit in memory: files of chunks. */
  CHUNKS {
    @Override
    ShardWriter open(Path folder, int shard, Schema schema, Configuration hadoop)
        throws IOException {
      return new ChunkShard(folder, shard, schema, hadoop);
    }

    @Override
    DataFormat reading() {
      return new ChunkFormat();
    }
  },
  /** Pairs of IDX files. */
  IDX {
    @Override
    void expectFits(Schema schema) {
      expectNoWeights(schema);
      if (schema.featureShape().size() > MAX_IDX_DIMENSIONS) {
        throw new DataError(
            "an IDX file's items have at most %d dimensions, not %s: choose another format"
                .formatted(MAX_IDX_DIMENSIONS, schema.featureShape()));
      }
    }

    @Override
    ShardWriter open(Path folder, int shard, Schema schema, Configuration hadoop)
        throws IOException {
      return new IdxShard(folder, shard, schema, hadoop);
    }

    @Override
    DataFormat reading() {
      return new IdxFormat();
    }
  },
  /** PNG files, grey or in colour, in folders named by their class. */
  IMAGES {
    @Override
    void expectFits(Schema schema) {
      expectNoWeights(schema);
      if (schema.featureType() != FeatureType.UINT8
          || schema.picture().isEmpty()
          || schema.classes() == 0) {
        throw new DataError(
            "pictures are bytes [height, width] or [3, height, width] of a class, not %s %s with %d"
                    .formatted(schema.featureType(), schema.featureShape(), schema.classes())
                + " classes: choose another format");
      }
      for (String name : schema.classNames()) {
        if (!FOLDER_NAME.matcher(name).matches()) {
          throw new DataError("class '%s' cannot be a folder's name".formatted(name));
        }
      }
    }

    @Override
    ShardWriter open(Path folder, int shard, Schema schema, Configuration hadoop)
        throws IOException {
      return new ImageShard(folder, schema, hadoop);
    }

    @Override
    DataFormat reading() {
      return new PictureFormat();
    }
  };

  private static final int MAX_IDX_DIMENSIONS = 3;
  private static final Pattern FOLDER_NAME = Pattern.compile("[^/:\\\\._][^/:\\\\]*");

  /**
   * Complains about examples that this format cannot hold.
   *
   * @throws DataError saying why
   */
  void expectFits(Schema schema) {}

  private static void expectNoWeights(Schema schema) {
    if (schema.weighted()) {
      throw new DataError("weights of examples need --format parquet or chunks");
    }
  }

  /** How what was written is read. */
  abstract DataFormat reading();

  abstract ShardWriter open(Path folder, int shard, Schema schema, Configuration hadoop)
      throws IOException;
}
