/**
 * Studies: a {@link dev.lockstep.study.StudyGrid} of trainings, each a {@link
 * dev.lockstep.study.StudyCell} in a task of its own, with workers that meet as an {@link
 * dev.lockstep.study.AveragingName} says. Of each a {@link dev.lockstep.study.StudyRow} is kept,
 * once, in a {@link dev.lockstep.study.StudyFolder}; a {@link dev.lockstep.study.StudyTable} tells
 * of all.
 */
package dev.lockstep.study;
