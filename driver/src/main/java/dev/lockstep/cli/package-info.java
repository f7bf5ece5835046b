/**
 * The command line: {@link dev.lockstep.cli.Main}, and one class a sub-command, each turning
 * options into a record. What commands do is in other packages, which know nothing of this one.
 */
package dev.lockstep.cli;
