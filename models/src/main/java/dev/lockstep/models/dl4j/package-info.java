/**
 * Any network, computed by DL4J itself, and what goes between DL4J's objects and ours.
 *
 * <p>{@link dev.lockstep.models.dl4j.Dl4jProvider} is how {@link dev.lockstep.models.LocalTrainers}
 * finds it. {@link dev.lockstep.models.dl4j.Dl4jTrainerFactory} and {@link
 * dev.lockstep.models.dl4j.StepObserver} are for those who watch each step; {@link
 * dev.lockstep.models.dl4j.Dl4jLocalTrainer} also moves a {@link dev.lockstep.models.ModelState}
 * into and out of a network; {@link dev.lockstep.models.dl4j.Floats} and {@link
 * dev.lockstep.models.dl4j.DataSets} convert arrays and minibatches; {@link
 * dev.lockstep.models.dl4j.InputChannels} says as what a network takes pictures, {@link
 * dev.lockstep.models.dl4j.NetworkInputs} as what arrays it takes any examples, with {@link
 * dev.lockstep.models.dl4j.InputTypes} to read DL4J's names of these, {@link
 * dev.lockstep.models.dl4j.LikelyExamples} what would compute it, where there are no data, {@link
 * dev.lockstep.models.dl4j.ExampleFit} whether it takes examples of a layout.
 */
package dev.lockstep.models.dl4j;
