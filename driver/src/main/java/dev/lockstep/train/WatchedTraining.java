package dev.lockstep.train;

import dev.lockstep.data.DataSource;
import dev.lockstep.models.dl4j.StepObserver;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** What of a {@link Training} watches it, and changes nothing of what is trained. */
abstract sealed class WatchedTraining permits Training {
  /** As set so far. */
  final Settings settings;

  WatchedTraining(Settings settings) {
    this.settings = settings;
  }

  private Training training() {
    return (Training) this;
  }

  /** Sees each minibatch on workers; such minibatches are computed by DL4J. */
  public Training observe(StepObserver observer) {
    settings.stepObserver = observer;
    return training();
  }

  /** How often listeners are shown figures and the state. Default: each epoch. */
  public Training display(Cadence often) {
    settings.display = often;
    return training();
  }

  /** Watches the run. */
  public Training listen(RunListener listener) {
    settings.listeners.add(listener);
    return training();
  }

  /** Asked about once a second; once true, the run ends with a checkpoint. */
  public Training interruptedBy(BooleanSupplier asked) {
    settings.interrupted = asked;
    return training();
  }

  /** Told in one line what a user may want to know of how the run goes. Default: logged. */
  public Training notices(Consumer<String> told) {
    settings.notice = told;
    return training();
  }

  /** Told in one line what is wrong but does not end the run. Default: logged. */
  public Training warnings(Consumer<String> told) {
    settings.warning = told;
    return training();
  }

  /** Told how many examples of a source could be read. Default: a warning if not all could. */
  public Training loaded(ObjLongConsumer<DataSource> told) {
    settings.loaded = told;
    return training();
  }

  /** Runs of the same id, network and data share the replicas that executors keep. */
  public Training id(String shared) {
    settings.id = shared;
    return training();
  }

  /** Settings that a run which resumes this one must have too. Default: all that change results. */
  public Training config(Map<String, Object> named) {
    settings.config = Optional.of(named);
    return training();
  }
}
