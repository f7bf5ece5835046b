import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;

/**
 * Makes a data set of any size to try things out: pictures of noise, in which each class has a
 * pattern of its own, as pairs of IDX files of about 1 GB, or as colour JPEG files in a folder for
 * each class, whose noise and patterns are squares of 8 x 8 pixels. The same bytes in every run.
 *
 * <p>java cluster/bin/MakeExamples.java FOLDER EXAMPLES SHAPE [mixed|sorted|files], such as big
 * 14000000 28x28, or photos 200000 224x224x3 files
 */
public final class MakeExamples {
  private static final int CLASSES = 10;
  private static final long FILE_BYTES = 1L << 30;
  private static final int POOL = 1 << 20;
  private static final int BLOCK = 8;

  private MakeExamples() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println(
          "FOLDER EXAMPLES SHAPE [mixed|sorted|files], such as big 14000000 28x28, or photos 200000"
              + " 224x224x3 files");
      System.exit(2);
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long examples = Long.parseLong(arguments[1]);
    int[] shape = Arrays.stream(arguments[2].split("x")).mapToInt(Integer::parseInt).toArray();
    String kind = arguments.length > 3 ? arguments[3] : "mixed";
    if (kind.equals("files")) {
      files(folder, examples, shape[0], shape[1]);
    } else {
      idx(folder, examples, shape, kind.equals("sorted"));
    }
  }

  /** Numbered files, dealt to the classes in turn. */
  private static void files(Path folder, long examples, int height, int width) throws IOException {
    int columns = (width + BLOCK - 1) / BLOCK;
    int squares = columns * ((height + BLOCK - 1) / BLOCK);
    int[][] patterns =
        IntStream.range(0, CLASSES)
            .mapToObj(number -> new SplittableRandom(number).ints(squares, 0, 1 << 24).toArray())
            .toArray(int[][]::new);
    for (int number = 0; number < CLASSES; number++) {
      Files.createDirectories(folder.resolve("class-" + number));
    }
    LongStream.range(0, examples)
        .parallel()
        .forEach(
            i -> {
              int number = (int) (i % CLASSES);
              SplittableRandom random = new SplittableRandom(CLASSES + i);
              BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
              for (int square = 0; square < squares; square++) {
                int colour = random.nextInt(4) == 0 ? patterns[number][square] : random.nextInt();
                int left = square % columns * BLOCK;
                int top = square / columns * BLOCK;
                for (int p = 0; p < BLOCK * BLOCK; p++) {
                  int x = left + p % BLOCK;
                  int y = top + p / BLOCK;
                  if (x < width && y < height) {
                    picture.setRGB(x, y, colour);
                  }
                }
              }
              Path file = folder.resolve("class-%d/%07d.jpg".formatted(number, i));
              try {
                ImageIO.write(picture, "jpeg", file.toFile());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static void idx(Path folder, long examples, int[] shape, boolean sorted)
      throws IOException {
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
