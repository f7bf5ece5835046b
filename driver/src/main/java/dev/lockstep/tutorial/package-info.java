/**
 * The three tutorials: what each trains, on which data, with which defaults. Each is a {@link
 * dev.lockstep.tutorial.Tutorial}, which is a training task: {@link
 * dev.lockstep.tutorial.LinearTutorial}, {@link dev.lockstep.tutorial.NonlinearTutorial} and {@link
 * dev.lockstep.tutorial.MnistTutorial}.
 */
package dev.lockstep.tutorial;
