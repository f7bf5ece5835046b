package dev.lockstep.models.onednn;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The passes of one replica by the size of the minibatch: making one takes 10 to 20 ms. */
final class PassCache implements AutoCloseable {
  /** Training and inference, each with whole minibatches and with the remainder. */
  private static final int MOST = 4;

  private record Key(int size, Use use) {}

  private final Plan plan;
  private final Weights weights;
  private final Randomness randomness;
  private final Map<Key, NetworkPass> passes = new LinkedHashMap<>(MOST, 0.75f, true);
  private Key lastKey;
  private NetworkPass last;

  PassCache(Plan plan, Weights weights, Randomness randomness) {
    this.plan = plan;
    this.weights = weights;
    this.randomness = randomness;
  }

  NetworkPass get(int size, Use use) {
    if (lastKey == null || lastKey.size != size || lastKey.use != use) {
      lastKey = new Key(size, use);
      last = passes.get(lastKey);
      if (last == null) {
        makeRoom();
        last = new NetworkPass(plan, weights, randomness, size, use);
        passes.put(lastKey, last);
      }
    }
    return last;
  }

  /** Closes what was used longest ago. */
  private void makeRoom() {
    Iterator<NetworkPass> oldest = passes.values().iterator();
    while (passes.size() >= MOST) {
      oldest.next().close();
      oldest.remove();
    }
  }

  @Override
  public void close() {
    passes.values().forEach(NetworkPass::close);
    passes.clear();
  }
}
