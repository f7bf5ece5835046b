package dev.lockstep.models.onednn;

import java.io.Serializable;

/**
 * A window that moves over an array, in each of its dimensions.
 *
 * @param skips how many values between two of the window's are passed over: dilation − 1
 * @param before how many zeros are before the array's values
 * @param after how many zeros are after them
 */
record Window(long[] kernel, long[] strides, long[] skips, long[] before, long[] after)
    implements Serializable {

  /** Without padding or dilation: the window takes all of an array of this size. */
  static Window whole(long... size) {
    long[] none = new long[size.length];
    return new Window(size, size, none, none, none);
  }

  /** Of one place at a time. */
  static Window point() {
    return new Window(new long[] {1, 1}, new long[] {1, 1}, new long[2], new long[2], new long[2]);
  }

  /** Whether Winograd's algorithm (Lavin and Gray 2015) is defined for it. */
  boolean isThreeByThree() {
    for (int i = 0; i < kernel.length; i++) {
      if (kernel[i] != 3 || strides[i] != 1 || skips[i] != 0) {
        return false;
      }
    }
    return kernel.length == 2;
  }
}
