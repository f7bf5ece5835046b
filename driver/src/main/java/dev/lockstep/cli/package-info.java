/**
 * The command line: {@link dev.lockstep.cli.Main}, and one class a sub-command, each turning
 * options into a record.
 */
package dev.lockstep.cli;
