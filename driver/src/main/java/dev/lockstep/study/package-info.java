/**
 * Studies: trainings that are looked at together, each in a task of its own. Of each a {@link
 * dev.lockstep.study.StudyResult} is kept, once, in a {@link dev.lockstep.study.StudyFolder}. In a
 * {@link dev.lockstep.study.StudyGrid} each is a {@link dev.lockstep.study.StudyCell}, with workers
 * that meet as an {@link dev.lockstep.study.AveragingName} says; it brings a {@link
 * dev.lockstep.study.StudyRow}, and a {@link dev.lockstep.study.StudyTable} tells of all.
 */
package dev.lockstep.study;
