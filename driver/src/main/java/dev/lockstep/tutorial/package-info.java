/** The three tutorials: what each trains, on which data, with which defaults. */
package dev.lockstep.tutorial;
