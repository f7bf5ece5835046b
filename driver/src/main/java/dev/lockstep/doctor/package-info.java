/**
 * Whether a machine, a cluster and settings will do, before a job finds out: {@link
 * dev.lockstep.doctor.Doctor} looks at them, and at each {@link dev.lockstep.doctor.JobPath} that a
 * job is to use, and tells each {@link dev.lockstep.doctor.Finding}. {@link
 * dev.lockstep.doctor.MemoryPlan} says how much memory executors need beside their heaps.
 */
package dev.lockstep.doctor;
