package dev.lockstep.models.network;

import dev.lockstep.models.NetworkDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Networks that come with Lockstep, as DL4J's JSON: the files in {@code models/examples}. */
public enum ExampleNetwork {
  /** 784→10, softmax regression; SGD. */
  SOFTMAX,
  /** 784-128-10, ReLU and softmax; SGD. */
  MLP,
  /** 784-4096-4096-10, 20 million parameters; Adam. */
  WIDE,
  /** LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998) with ReLU and maxima, 28×28×1; Adam. */
  LENET,
  /** Convolutions of 32, 32 and 64 maps with batch normalisation, 32×32×3; Adam. */
  CIFAR,
  /** ResNet-20 for CIFAR-10 (He, Zhang, Ren and Sun 2016), 32×32×3; momentum. */
  RESNET20,
  /** The next of 64 characters at each step, by an LSTM of 128 units; Adam. */
  LSTM;

  /** The network of that name; empty if there is none. */
  public static Optional<ExampleNetwork> named(String name) {
    return Arrays.stream(values()).filter(network -> network.toString().equals(name)).findFirst();
  }

  /** What the names are. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ExampleNetwork::toString).toList();
  }

  /** The name, as users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The network, to be trained from the start. */
  public NetworkDefinition definition() {
    String file = this + ".json";
    try (InputStream json = ExampleNetwork.class.getResourceAsStream(file)) {
      return NetworkDefinition.ofJson(new String(json.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
