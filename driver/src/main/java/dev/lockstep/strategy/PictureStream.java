package dev.lockstep.strategy;

import dev.lockstep.data.ExampleStream;
import dev.lockstep.data.Examples;
import dev.lockstep.data.NetworkView;
import dev.lockstep.data.ReadAhead;
import dev.lockstep.data.Values;
import dev.lockstep.data.image.UndecodedPictures;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures that stay files, in the order of training: some are decoded by a thread beside the one
 * that trains, while that trains those before.
 */
final class PictureStream implements ExampleStream {
  private static final int MOST = 64;

  /** Of those that are trained, and so many again of those that are decoded meanwhile. */
  private static final int BYTES = 16 << 20;

  private final EpochOrder order;
  private final int ahead;
  private UndecodedPictures pictures;
  private Decoded current = new Decoded(0, new int[0], List.of());
  private long coming = -1;
  private ReadAhead<Decoded> next;
  private int at;

  PictureStream(UndecodedPictures pictures, EpochOrder order) {
    this.pictures = pictures;
    this.order = order;
    ahead = Math.max(1, Math.min(MOST, BYTES / pictures.schema().featureLength()));
  }

  /**
   * Pictures that are trained one after the other.
   *
   * @param from position of the first
   * @param indices among the worker's
   */
  private record Decoded(long from, int[] indices, List<Values.Bytes> pixels) {}

  @Override
  public void hold(Examples examples) {
    pictures = (UndecodedPictures) examples;
  }

  @Override
  public void release() {
    pictures = null;
  }

  @Override
  public void moveTo(long position) {
    if (position < current.from() || position >= current.from() + current.indices().length) {
      if (coming != position) {
        decode(position);
      }
      ReadAhead<Decoded> reading = next;
      coming = -1;
      current = reading.await();
      decode(position + ahead);
    }
    at = (int) (position - current.from());
  }

  private void decode(long position) {
    UndecodedPictures from = pictures;
    int[] indices = new int[ahead];
    for (int i = 0; i < ahead; i++) {
      indices[i] = order.at(position + i);
    }
    coming = position;
    next =
        ReadAhead.of(
            () -> {
              List<Values.Bytes> pixels = new ArrayList<>();
              for (int index : indices) {
                pixels.add(from.decode(index));
              }
              return new Decoded(position, indices, pixels);
            });
  }

  @Override
  public long id() {
    return pictures.id(current.indices()[at]);
  }

  @Override
  public float weight() {
    return pictures.weight(current.indices()[at]);
  }

  @Override
  public NetworkView view() {
    return pictures.view();
  }

  @Override
  public void copyStored(float[] features) {
    current.pixels().get(at).copyTo(features);
  }

  @Override
  public void copy(int row, float[] features, float[] labels) {
    pictures.copy(current.indices()[at], current.pixels().get(at), row, features, labels);
  }
}
