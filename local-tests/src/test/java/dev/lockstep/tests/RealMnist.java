package dev.lockstep.tests;

import dev.lockstep.data.fetch.DatasetFetcher;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.data.idx.Mnist;
import java.nio.file.Path;

/** The real MNIST, fetched at its first use. */
final class RealMnist {
  private RealMnist() {}

  static Path folder() {
    Path cache = DatasetFetcher.cache(PublishedData.MNIST);
    new DatasetFetcher((file, done, total) -> {}).fetch(PublishedData.MNIST, cache);
    return cache;
  }

  static Mnist files() {
    return new Mnist(folder());
  }
}
