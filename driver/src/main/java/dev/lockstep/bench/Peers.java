package dev.lockstep.bench;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** All peers there are. */
public final class Peers {
  private Peers() {}

  /** The peer of that name; empty if it is not installed. */
  public static Optional<Peer> named(String name) {
    return Stream.concat(
            Stream.of(new LockstepPeer(), new Dl4jPeer()),
            ServiceLoader.load(Peer.class, Peer.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get))
        .filter(peer -> peer.name().equals(name))
        .findFirst();
  }
}
