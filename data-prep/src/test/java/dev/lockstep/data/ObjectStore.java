package dev.lockstep.data;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system {@code store:} with the ways of an object store, in folders of this machine: an
 * object appears when its stream is closed; a rename copies, object after object, and then removes
 * what it copied; no folder is without objects; nothing is appended to. The processes that use it
 * can be made to end, as it seems from here, after so many bytes were written or copied: all fails
 * from then on, and of the object that was being copied there is a part.
 */
public final class ObjectStore extends RawLocalFileSystem {
  private static final URI NAME = URI.create("store:///");
  private static final long NEVER = Long.MAX_VALUE;
  private static final AtomicLong LEFT = new AtomicLong(NEVER);

  /** Lets the processes end after so many bytes. */
  public static void endAfter(long bytes) {
    LEFT.set(bytes);
  }

  /**
   * Lets new processes use it.
   *
   * @return what those before had left to write; less than 0 if they had ended
   */
  public static long restart() {
    return LEFT.getAndSet(NEVER);
  }

  private static void expectAlive() throws IOException {
    if (LEFT.get() < 0) {
      throw new IOException("the process has ended");
    }
  }

  /** How many of the bytes are written before the process ends. */
  private static int spend(int bytes) throws IOException {
    expectAlive();
    long left = LEFT.get() == NEVER ? NEVER : LEFT.addAndGet(-bytes);
    return left >= 0 ? bytes : (int) Math.max(0, bytes + left);
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return NAME.getScheme();
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    expectAlive();
    if (!overwrite && exists(path)) {
      throw new IOException(path + " is there already");
    }
    return new FSDataOutputStream(new Upload(pathToFile(path)), null);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("nothing is appended to an object");
  }

  /** An object on its way. */
  private static final class Upload extends ByteArrayOutputStream implements Abortable {
    private final File target;
    private boolean closed;

    Upload(File target) {
      this.target = target;
    }

    @Override
    public AbortableResult abort() {
      closed = true;
      return null;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (spend(count) < count) {
        throw new IOException("the process has ended");
      }
      Files.createDirectories(target.getParentFile().toPath());
      File whole = File.createTempFile(".object", "", target.getParentFile());
      Files.write(whole.toPath(), toByteArray());
      Files.move(whole.toPath(), target.toPath(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    FileStatus source = getFileStatus(from);
    if (exists(to)) {
      return false;
    }
    List<java.nio.file.Path> objects = objects(pathToFile(source.getPath()));
    java.nio.file.Path root = pathToFile(from).toPath();
    for (java.nio.file.Path object : objects) {
      copy(object, pathToFile(to).toPath().resolve(root.relativize(object).toString()));
    }
    for (java.nio.file.Path object : objects) {
      expectAlive();
      Files.delete(object);
    }
    return true;
  }

  private static void copy(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    expectAlive();
    java.nio.file.Path target = to.endsWith("") ? to.getParent() : to;
    Files.createDirectories(target.getParent());
    byte[] content = Files.readAllBytes(from);
    int copied = spend(content.length);
    try (OutputStream out = Files.newOutputStream(target)) {
      out.write(content, 0, copied);
    }
    expectAlive();
  }

  private static List<java.nio.file.Path> objects(File root) throws IOException {
    try (Stream<java.nio.file.Path> all = Files.walk(root.toPath())) {
      return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
    }
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    expectAlive();
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    expectAlive();
    return true;
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return mkdirs(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    expectAlive();
    File file = pathToFile(path);
    if (file.isDirectory() && objects(file).isEmpty()) {
      throw new FileNotFoundException(path + " is not there");
    }
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    getFileStatus(path);
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus child : super.listStatus(path)) {
      if (child.isFile() || !objects(pathToFile(child.getPath())).isEmpty()) {
        found.add(child);
      }
    }
    return found.toArray(FileStatus[]::new);
  }
}
