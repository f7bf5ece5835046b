package dev.lockstep.data;

import java.util.Optional;

/** A data set in parts; each is opened when it is asked for. */
public interface DataParts {

  /** What is trained. */
  DataSource train();

  /** What is looked at while training, if there is such a part. */
  Optional<DataSource> validation();

  /** What a trained model is tested on, if there is such a part. */
  Optional<DataSource> test();
}
