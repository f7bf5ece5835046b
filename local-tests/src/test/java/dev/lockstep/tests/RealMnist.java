package dev.lockstep.tests;

import dev.lockstep.data.Dataset;
import dev.lockstep.data.DatasetFetcher;
import dev.lockstep.data.Mnist;
import java.nio.file.Path;

/** The real MNIST, fetched at its first use. */
final class RealMnist {
  private RealMnist() {}

  static Path folder() {
    Path cache = DatasetFetcher.cache(Dataset.MNIST);
    new DatasetFetcher((file, done, total) -> {}).fetch(Dataset.MNIST, cache);
    return cache;
  }

  static Mnist files() {
    return new Mnist(folder());
  }
}
