package dev.lockstep.data.text;

import dev.lockstep.data.Preprocessing;

/**
 * That text is to be read as sequences of characters, of each of which the next is learnt.
 *
 * @param steps how many characters a sequence has, at least 1
 * @param symbols how many different ones the network tells apart; {@link #UNKNOWN} until that is
 *     known
 */
public record TextSequences(int steps, int symbols) implements Preprocessing {

  /** Of a network that is not known yet. */
  public static final int UNKNOWN = 0;

  public TextSequences {
    if (steps < 1) {
      throw new IllegalArgumentException("a sequence has at least 1 step, not " + steps);
    }
  }

  /** The same for a network. */
  public TextSequences of(int newSymbols) {
    return new TextSequences(steps, newSymbols);
  }
}
