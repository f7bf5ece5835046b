import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes a data set of any size to try things out: pictures of noise, in which each class has a
 * pattern of its own, as pairs of IDX files of about 1 GB. The same bytes in every run.
 *
 * <p>java cluster/bin/MakeExamples.java FOLDER EXAMPLES SHAPE [mixed|sorted], such as big 14000000
 * 28x28
 */
public final class MakeExamples {
  private static final int CLASSES = 10;
  private static final long FILE_BYTES = 1L << 30;
  private static final int POOL = 1 << 20;

  private MakeExamples() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("FOLDER EXAMPLES SHAPE [mixed|sorted], such as big 14000000 28x28");
      System.exit(2);
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long examples = Long.parseLong(arguments[1]);
    int[] shape = Arrays.stream(arguments[2].split("x")).mapToInt(Integer::parseInt).toArray();
    boolean sorted = arguments.length > 3 && arguments[3].equals("sorted");
    int length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    SplittableRandom random = new SplittableRandom(1);
    byte[] noise = new byte[POOL + length];
    random.nextBytes(noise);
    byte[][] patterns = new byte[CLASSES][length];
    for (byte[] pattern : patterns) {
      random.nextBytes(pattern);
    }
    long inFile = Math.max(1, FILE_BYTES / length);
    byte[] picture = new byte[length];
    for (long from = 0; from < examples; from += inFile) {
      int count = (int) Math.min(inFile, examples - from);
      String name = "part-%05d".formatted(from / inFile);
      Path images = folder.resolve(name + "-images-idx%d-ubyte".formatted(shape.length + 1));
      Path labels = folder.resolve(name + "-labels-idx1-ubyte");
      try (DataOutputStream image = open(images);
          DataOutputStream label = open(labels)) {
        head(image, count, shape);
        head(label, count);
        for (long i = from; i < from + count; i++) {
          int number = sorted ? (int) (i * CLASSES / examples) : random.nextInt(CLASSES);
          int at = random.nextInt(POOL);
          byte[] pattern = patterns[number];
          for (int p = 0; p < length; p++) {
            picture[p] = (byte) (((pattern[p] & 0xff) + 3 * (noise[at + p] & 0xff)) >>> 2);
          }
          image.write(picture);
          label.write(number);
        }
      }
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new DataOutputStream(new java.io.BufferedOutputStream(out, 1 << 20));
  }

  private static void head(DataOutputStream out, int count, int... shape) throws IOException {
    out.writeInt(0x800 + shape.length + 1);
    out.writeInt(count);
    for (int size : shape) {
      out.writeInt(size);
    }
  }
}
