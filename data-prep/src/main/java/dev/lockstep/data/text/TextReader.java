package dev.lockstep.data.text;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.Example;
import dev.lockstep.data.Values;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/**
 * The sequences that begin in a block: sequence i of a file has its characters from i · steps on,
 * and learns of each the one that follows. Their last may be in the next block.
 */
final class TextReader implements Iterator<Example> {
  /** What becomes 1 as the usual normalisation of bytes. */
  private static final byte ONE = (byte) 255;

  private final TextBlock block;
  private final int steps;
  private final int symbols;
  private final Map<Integer, Integer> numbers;
  private final int other;
  private final long end;
  private final Utf8Text text;
  private long next;
  private int ahead;

  TextReader(TextBlock block, long characters, int steps, Alphabet alphabet, Configuration hadoop) {
    this.block = block;
    this.steps = steps;
    symbols = alphabet.names().size();
    numbers = alphabet.numbers();
    other = alphabet.other();
    next = (block.first() + steps - 1) / steps;
    end = Math.min(block.sequences(), (block.first() + characters + steps - 1) / steps);
    try {
      text = block.open(hadoop);
      for (long i = block.first(); i < next * steps && next < end; i++) {
        text.next();
      }
      ahead = next < end ? number() : 0;
      if (next >= end) {
        text.close();
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(block.path(), e);
    }
  }

  private int number() throws IOException {
    return numbers.getOrDefault(text.next(), other);
  }

  @Override
  public boolean hasNext() {
    return next < end;
  }

  @Override
  public Example next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    byte[] oneHot = new byte[symbols * steps];
    float[] following = new float[steps];
    try {
      for (int step = 0; step < steps; step++) {
        oneHot[ahead * steps + step] = ONE;
        ahead = number();
        following[step] = ahead;
      }
      if (next + 1 == end) {
        text.close();
      }
    } catch (IOException e) {
      throw DataFiles.unreadable(block.path(), e);
    }
    return new Example(block.id() + next++, new Values.Bytes(oneHot), following);
  }
}
