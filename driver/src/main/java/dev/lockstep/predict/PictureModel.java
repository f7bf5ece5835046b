package dev.lockstep.predict;

import dev.lockstep.data.Normalisation;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.TrainerFactory;
import java.io.Serializable;

/**
 * A classifier of pictures, as executors receive it once.
 *
 * @param id tells this model from others: of its parameters
 * @param trainers makes networks
 * @param state the parameters
 * @param preprocessing how a picture becomes its input
 * @param normalisation how grey levels do, as in training
 * @param classes how many it tells apart
 */
public record PictureModel(
    String id,
    TrainerFactory trainers,
    ModelState state,
    ImagePreprocessing preprocessing,
    Normalisation normalisation,
    int classes)
    implements Serializable {

  /** How many values a picture becomes. */
  int inputs() {
    return preprocessing.width() * preprocessing.height();
  }
}
