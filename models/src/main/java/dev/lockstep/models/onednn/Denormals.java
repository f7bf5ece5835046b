package dev.lockstep.models.onednn;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Between {@link #flush} and {@link #keep} the calling thread takes numbers too small for float32's
 * normal range as 0. With them a convolution takes 200 times as long, and Adam's moments of dead
 * units 17 times.
 *
 * <p>The mode is part of the floating-point environment, which glibc's {@code fesetenv} sets; the
 * JVM leaves it alone. Elsewhere than on Linux nothing is done.
 */
final class Denormals {
  /** Larger than any {@code fenv_t}. */
  private static final int ENVIRONMENT = 64;

  private static final Environments LINUX = Environments.linux();

  /** The two environments that are switched between, and how. */
  private record Environments(Function set, Object[] usual, Object[] flushing) {

    /** Null where there is no known way. */
    static Environments linux() {
      boolean x86 = Platform.isIntel() && Platform.is64Bit();
      if (!Platform.isLinux() || !(x86 || Platform.isARM())) {
        return null;
      }
      try {
        NativeLibrary math = NativeLibrary.getInstance("m");
        Memory usual = new Memory(ENVIRONMENT);
        Memory flushing = new Memory(ENVIRONMENT);
        Function get = math.getFunction("fegetenv");
        get.invokeInt(new Object[] {usual});
        get.invokeInt(new Object[] {flushing});
        // x86: MXCSR's flush-to-zero and denormals-are-zero; Arm: FPCR's flush-to-zero.
        int word = x86 ? 28 : 0;
        int bits = x86 ? 1 << 15 | 1 << 6 : 1 << 24;
        usual.setInt(word, usual.getInt(word) & ~bits);
        flushing.setInt(word, usual.getInt(word) | bits);
        return new Environments(
            math.getFunction("fesetenv"), new Object[] {usual}, new Object[] {flushing});
      } catch (LinkageError e) {
        return null;
      }
    }
  }

  private Denormals() {}

  /** Begins it; to be ended by the same thread. */
  static void flush() {
    if (LINUX != null) {
      LINUX.set.invokeInt(LINUX.flushing);
    }
  }

  /** Ends it. */
  static void keep() {
    if (LINUX != null) {
      LINUX.set.invokeInt(LINUX.usual);
    }
  }
}
