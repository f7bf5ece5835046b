/** CSV files to labelled examples. */
package dev.lockstep.data.csv;
