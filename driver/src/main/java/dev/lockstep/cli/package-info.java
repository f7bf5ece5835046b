/** The command line: one class a sub-command, each turning options into a record. */
package dev.lockstep.cli;
