package dev.lockstep.predict.output;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** In which form predictions are written. */
public enum OutputFormat {
  PARQUET("snappy.parquet", ParquetPart::new),
  /** One JSON object a line. */
  JSON("json", JsonPart::new),
  /** As in RFC 4180, with a header; lists are joined by semicolons. */
  CSV("csv", CsvPart::new);

  private final String extension;
  private final Opener opener;

  private interface Opener {
    PartWriter open(Path file, Configuration hadoop, List<OutputColumn> columns) throws IOException;
  }

  OutputFormat(String extension, Opener opener) {
    this.extension = extension;
    this.opener = opener;
  }

  String extension() {
    return extension;
  }

  /** Starts a file. */
  PartWriter open(Path file, Configuration hadoop, List<OutputColumn> columns) throws IOException {
    return opener.open(file, hadoop, columns);
  }
}
