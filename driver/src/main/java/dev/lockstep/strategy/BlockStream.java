package dev.lockstep.strategy;

import dev.lockstep.data.ExampleStream;
import dev.lockstep.data.Examples;
import dev.lockstep.data.NetworkView;

/** Examples in memory, in the order of training. */
final class BlockStream implements ExampleStream {
  private final EpochOrder order;
  private Examples block;
  private int index;

  BlockStream(Examples block, EpochOrder order) {
    this.block = block;
    this.order = order;
  }

  @Override
  public void hold(Examples examples) {
    block = examples;
  }

  @Override
  public void release() {
    block = null;
  }

  @Override
  public void moveTo(long position) {
    index = order.at(position);
  }

  @Override
  public long id() {
    return block.id(index);
  }

  @Override
  public float weight() {
    return block.weight(index);
  }

  @Override
  public NetworkView view() {
    return block.view();
  }

  @Override
  public void copyStored(float[] features) {
    block.copyStored(index, features);
  }

  @Override
  public void copy(int row, float[] features, float[] labels) {
    block.copy(index, row, features, labels);
  }
}
