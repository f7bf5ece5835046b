package dev.lockstep.tests;

import dev.lockstep.data.fetch.DatasetFetcher;
import dev.lockstep.data.fetch.PublishedData;
import dev.lockstep.data.idx.Mnist;
import java.nio.file.Path;

/** The real MNIST, for tests that say that they {@link Needs need} it. */
final class RealMnist {
  private RealMnist() {}

  static Path folder() {
    return DatasetFetcher.cache(PublishedData.MNIST);
  }

  static Mnist files() {
    return new Mnist(folder());
  }
}
