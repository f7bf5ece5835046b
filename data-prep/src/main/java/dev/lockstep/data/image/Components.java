package dev.lockstep.data.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The connected parts of what is set in a mask, neighbours by sides and by corners (connected
 * components; Rosenfeld and Pfaltz 1966).
 *
 * @param labels int32 [height, width], the number of the part that a pixel is of, from 1; 0 if it
 *     is not set
 * @param parts by number, from 1
 */
record Components(int width, int height, int[] labels, List<Part> parts) {

  /**
   * A connected part.
   *
   * @param left the first column, and so on, all of them within the part
   * @param pixels how many there are
   */
  record Part(int number, int left, int top, int right, int bottom, int pixels) {
    int width() {
      return right - left + 1;
    }

    int height() {
      return bottom - top + 1;
    }

    /** The longer side of the box around it. */
    int size() {
      return Math.max(width(), height());
    }

    /** How far two boxes are apart. */
    int distance(Part other) {
      int across = Math.max(other.left - right, left - other.right);
      int down = Math.max(other.top - bottom, top - other.bottom);
      return Math.max(0, Math.max(across, down));
    }
  }

  static Components of(int width, int height, boolean[] mask) {
    int[] labels = new int[width * height];
    List<Part> parts = new ArrayList<>();
    int[] stack = new int[64];
    for (int start = 0; start < labels.length; start++) {
      if (labels[start] != 0 || !mask[start]) {
        continue;
      }
      int number = parts.size() + 1;
      int left = width;
      int right = 0;
      int bottom = 0;
      int pixels = 0;
      int size = 0;
      stack[size++] = start;
      labels[start] = number;
      while (size > 0) {
        int at = stack[--size];
        int x = at % width;
        int y = at / width;
        left = Math.min(left, x);
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
        pixels++;
        if (size + 8 > stack.length) {
          stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
          for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
            int neighbour = ny * width + nx;
            if (labels[neighbour] == 0 && mask[neighbour]) {
              labels[neighbour] = number;
              stack[size++] = neighbour;
            }
          }
        }
      }
      parts.add(new Part(number, left, start / width, right, bottom, pixels));
    }
    return new Components(width, height, labels, parts);
  }
}
