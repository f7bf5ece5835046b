package dev.lockstep.data.prepare;

import dev.lockstep.data.Example;
import dev.lockstep.data.Schema;
import dev.lockstep.data.Values;
import dev.lockstep.data.image.PlanarPicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** PNG pictures in folders named by their class: {@code 7/00000123.png}. */
final class ImageShard implements ShardWriter {
  private final Path folder;
  private final Schema schema;
  private final FileSystem files;
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();

  ImageShard(Path folder, Schema schema, Configuration hadoop) throws IOException {
    this.folder = folder;
    this.schema = schema;
    files = folder.getFileSystem(hadoop);
  }

  @Override
  public void write(Example example) throws IOException {
    String name = schema.classNames().get((int) example.target()[0]);
    Path target = new Path(new Path(folder, name), "%08d.png".formatted(example.id()));
    OutputFile file = OutputFile.of(target, files);
    try (OutputStream out = files.create(file.temporary(), true)) {
      out.write(png(((Values.Bytes) example.features()).values()));
    }
    file.commit();
  }

  private byte[] png(byte[] levels) throws IOException {
    BufferedImage image = PlanarPicture.of(schema.picture().orElseThrow(), levels);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
      writer.setOutput(out);
      writer.write(image);
    }
    return png.toByteArray();
  }

  /** None: pictures are too many to be listed. */
  @Override
  public List<PreparedFile> commit() {
    return List.of();
  }

  @Override
  public void close() {
    writer.dispose();
  }
}
