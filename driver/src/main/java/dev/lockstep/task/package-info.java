/**
 * What is trained: a network, its data, and how it is trained where nothing else is said. A {@link
 * dev.lockstep.task.TrainingTask} is opened for a run; asked with a {@link
 * dev.lockstep.task.StartChoice}, what the user wants of the network, it gives the {@link
 * dev.lockstep.task.Start} of its training. {@link dev.lockstep.task.CustomTask} is a network that
 * somebody brings; the others are in {@code dev.lockstep.tutorial}.
 */
package dev.lockstep.task;
