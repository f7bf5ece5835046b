package dev.lockstep.data.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lines that cross a whole page: ruled, squared, a margin. As staves are found in music (Fujinaga
 * 2004; Dutta, Pal, Fornés and Lladós 2010): columns of few pixels one beside the other, as far as
 * the page goes, also where the page is not quite straight. What crosses them is thicker there, and
 * stays.
 */
final class RuledLines {
  /** A line is at most so thick, as a part of the page's longer side. */
  private static final double THICK = 0.035;

  /** Of the page's width, how much a line spans, and how much of it is to be seen. */
  private static final double SPAN = 0.85;

  private static final double SEEN = 0.4;

  /** Of the page's width, how much of a line may be covered by what is drawn. */
  private static final double COVERED = 0.3;

  /** Of the page's width, how much is left at least of a line where more of it is covered. */
  private static final double PART = 0.1;

  private final int width;
  private final int height;
  private final boolean[] marks;
  private final boolean[] found;
  private final boolean[] between;

  private RuledLines(int width, int height, boolean[] marks) {
    this.width = width;
    this.height = height;
    this.marks = marks;
    found = new boolean[marks.length];
    between = new boolean[marks.length];
  }

  /**
   * Columns of marks beside each other.
   *
   * @param columns x, first y, last y of each, from left to right
   */
  private record Piece(List<int[]> columns) {
    int left() {
      return columns.get(0)[0];
    }

    int[] last() {
      return columns.get(columns.size() - 1);
    }

    private double middle(int[] column) {
      return (column[1] + column[2]) / 2.0;
    }

    /** Whether another goes on behind what covers a line. */
    boolean isContinuedBy(Piece other, double gap) {
      int distance = other.left() - last()[0];
      return distance > 0
          && distance <= gap
          && Math.abs(other.middle(other.columns.get(0)) - middle(last())) <= 2 + 0.08 * distance;
    }
  }

  /**
   * Pieces behind each other.
   *
   * @param columns as of a piece
   */
  private record Line(List<int[]> columns) {
    int first() {
      return columns.get(0)[0];
    }

    int last() {
      return columns.get(columns.size() - 1)[0];
    }

    int length() {
      return last() - first();
    }

    int thickness() {
      return columns.stream().map(c -> c[2] - c[1] + 1).sorted().toList().get(columns.size() / 2);
    }
  }

  /**
   * Finds them.
   *
   * @param marks [height, width], all that is on the page
   * @return [height, width], what is of lines and nothing else
   */
  static boolean[] of(int width, int height, boolean[] marks) {
    RuledLines across = new RuledLines(width, height, marks);
    across.find();
    RuledLines down = new RuledLines(height, width, transposed(marks, width, height));
    down.find();
    boolean[] found = transposed(down.found, height, width);
    boolean[] between = transposed(down.between, height, width);
    for (int i = 0; i < found.length; i++) {
      // Where two cross, each is as thick as the other is long.
      found[i] |= across.found[i] || across.between[i] && between[i];
    }
    return found;
  }

  private static boolean[] transposed(boolean[] values, int width, int height) {
    boolean[] transposed = new boolean[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        transposed[x * height + y] = values[y * width + x];
      }
    }
    return transposed;
  }

  private void find() {
    List<Line> lines = lines();
    List<Line> whole = lines.stream().filter(this::isWhole).toList();
    whole.forEach(this::take);
    if (!whole.isEmpty()) {
      int thickest = 1 + whole.stream().mapToInt(Line::thickness).max().orElseThrow();
      lines.stream()
          .filter(line -> !isWhole(line) && isPart(line) && line.thickness() <= thickest)
          .forEach(this::take);
    }
  }

  private List<Line> lines() {
    List<Piece> pieces = pieces();
    pieces.sort(Comparator.comparingInt(Piece::left));
    boolean[] used = new boolean[pieces.size()];
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        List<Piece> line = new ArrayList<>(List.of(pieces.get(i)));
        for (int j = i + 1; j < used.length; j++) {
          if (!used[j] && line.get(line.size() - 1).isContinuedBy(pieces.get(j), COVERED * width)) {
            line.add(pieces.get(j));
            used[j] = true;
          }
        }
        lines.add(new Line(line.stream().flatMap(piece -> piece.columns().stream()).toList()));
      }
    }
    return lines;
  }

  private boolean isWhole(Line line) {
    return line.length() >= SPAN * width && line.columns().size() >= SEEN * width;
  }

  /** Whether it is a line as far as the page's edge, on a page that has lines. */
  private boolean isPart(Line line) {
    double edge = (1 - SPAN) / 2 * width;
    return line.length() >= PART * width
        && line.columns().size() >= SEEN * line.length()
        && (line.first() < edge || line.last() > width - 1 - edge);
  }

  /** Marks what is of a line. */
  private void take(Line line) {
    int thickness = line.thickness();
    int[] before = null;
    for (int[] column : line.columns()) {
      if (before != null) {
        cover(before, column);
      }
      before = column;
      if (column[2] - column[1] + 1 <= thickness + 2) {
        for (int y = column[1]; y <= column[2]; y++) {
          found[y * width + column[0]] = true;
          between[y * width + column[0]] = true;
        }
      }
    }
  }

  private void cover(int[] from, int[] to) {
    for (int x = from[0] + 1; x < to[0]; x++) {
      double share = (x - from[0]) / (double) (to[0] - from[0]);
      int first = (int) Math.round(from[1] + share * (to[1] - from[1])) - 1;
      int last = (int) Math.round(from[2] + share * (to[2] - from[2])) + 1;
      for (int y = Math.max(0, first); y <= Math.min(height - 1, last); y++) {
        between[y * width + x] = true;
      }
    }
  }

  private List<Piece> pieces() {
    int thickest = (int) Math.max(4, Math.round(THICK * Math.max(width, height)));
    List<Piece> all = new ArrayList<>();
    List<Piece> open = new ArrayList<>();
    for (int x = 0; x < width; x++) {
      List<Piece> next = new ArrayList<>();
      int y = 0;
      while (y < height) {
        if (!marks[y * width + x]) {
          y++;
          continue;
        }
        int start = y;
        while (y < height && marks[y * width + x]) {
          y++;
        }
        if (y - start <= thickest) {
          next.add(extended(open, new int[] {x, start, y - 1}, all));
        }
      }
      open = next;
    }
    return all;
  }

  private static Piece extended(List<Piece> open, int[] column, List<Piece> all) {
    for (Piece piece : open) {
      int[] last = piece.last();
      if (last[0] < column[0] && last[1] <= column[2] + 1 && last[2] >= column[1] - 1) {
        piece.columns().add(column);
        return piece;
      }
    }
    Piece piece = new Piece(new ArrayList<>(List.of(column)));
    all.add(piece);
    return piece;
  }
}
