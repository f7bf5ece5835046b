package dev.lockstep.predict;

import dev.lockstep.data.ClassCoding;
import dev.lockstep.data.Normalisation;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.models.SharedNetwork;
import dev.lockstep.models.TrainerFactory;
import java.io.Serializable;
import java.util.List;

/**
 * A classifier of pictures. Sent as a broadcast, each executor process has one, and all its tasks
 * use the same network; it goes when the broadcast is destroyed.
 */
public final class PictureModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final String id;
  private final TrainerFactory networks;
  private final float[] parameters;
  private final ImagePreprocessing preprocessing;
  private final Normalisation normalisation;
  private final List<String> classes;
  private final ClassCoding coding;
  private transient SharedNetwork network;

  /**
   * @param id tells this network with its parameters from others
   * @param networks makes the network
   * @param parameters float32 [parameterCount]
   * @param preprocessing how a picture becomes the network's input
   * @param normalisation how grey levels do, as in training
   * @param classes what it tells apart, by number: at least two names
   * @param coding how the network has them
   */
  public PictureModel(
      String id,
      TrainerFactory networks,
      float[] parameters,
      ImagePreprocessing preprocessing,
      Normalisation normalisation,
      List<String> classes,
      ClassCoding coding) {
    this.id = id;
    this.networks = networks;
    this.parameters = parameters.clone();
    this.preprocessing = preprocessing;
    this.normalisation = normalisation;
    this.classes = List.copyOf(classes);
    this.coding = coding;
  }

  public String id() {
    return id;
  }

  public ImagePreprocessing preprocessing() {
    return preprocessing;
  }

  public Normalisation normalisation() {
    return normalisation;
  }

  /** Names by number. */
  public List<String> classes() {
    return classes;
  }

  /** How the network has classes. */
  ClassCoding coding() {
    return coding;
  }

  /** How many values a picture becomes. */
  int inputs() {
    return preprocessing.length();
  }

  /** This process's network. */
  synchronized SharedNetwork network() {
    if (network == null) {
      network = networks.newSharedNetwork(parameters);
    }
    return network;
  }
}
