package dev.lockstep.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Trajectories of the tutorials' programs on TensorFlow, from src/test/resources/golden. */
public final class Golden {
  private Golden() {}

  /** The rows of a CSV file without its header. */
  public static List<String[]> rows(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A numeric column. */
  public static float[] column(String file, int column) {
    List<String[]> rows = rows(file);
    float[] values = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(rows.get(i)[column]);
    }
    return values;
  }

  /** The losses of a trajectory by step or epoch. */
  public static Map<Integer, Double> losses(String file) {
    return rows(file).stream()
        .collect(Collectors.toMap(r -> Integer.parseInt(r[0]), r -> Double.parseDouble(r[1])));
  }
}
