/**
 * What happens inside one process: networks, one local step, saved models. Knows DL4J, not Spark.
 *
 * <p>In order of use: a {@link dev.lockstep.models.NetworkDefinition} says which network; {@link
 * dev.lockstep.models.LocalTrainers} finds the {@link dev.lockstep.models.LocalStep} that computes
 * it, for examples as they are stored or in an {@link dev.lockstep.models.ExampleLayout} of {@link
 * dev.lockstep.models.ArrayShape}s, and gives a {@link dev.lockstep.models.TrainerFactory}, which
 * travels to where it trains and makes {@link dev.lockstep.models.LocalTrainer}s there, or a {@link
 * dev.lockstep.models.SharedNetwork} to predict. A trainer is loaded with a {@link
 * dev.lockstep.models.ModelState} and fed {@link dev.lockstep.models.Minibatch}es, as many examples
 * at once as {@link dev.lockstep.models.PassSize} says where nothing is trained.
 *
 * <p>A user's mistake is a {@link dev.lockstep.models.ModelError}; a model that the heap has no
 * room for, a {@link dev.lockstep.models.ModelTooLarge}. {@link
 * dev.lockstep.models.StabilisedCrossEntropy} is a loss of ours for DL4J's configurations, and
 * stays here as saved models name its class.
 *
 * <p>An engine implements {@link dev.lockstep.models.LocalStepProvider}, and throws {@link
 * dev.lockstep.models.UnsupportedNetwork} for what it cannot compute. This package imports none of
 * its children: {@code blas} and {@code dl4j} are engines, on {@code math}; {@code file} saves
 * models; {@code onnx} writes them for other programs; {@code network} has the tutorials' networks,
 * and reads and tunes definitions.
 */
package dev.lockstep.models;
