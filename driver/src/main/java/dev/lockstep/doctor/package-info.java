/** Whether a machine, a cluster and settings will do, before a job finds out. */
package dev.lockstep.doctor;
