/** Lockstep as a training master of DL4J's Spark layer. */
package dev.lockstep.master;
