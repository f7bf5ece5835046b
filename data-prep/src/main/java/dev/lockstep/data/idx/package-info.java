/** IDX files to labelled examples. */
package dev.lockstep.data.idx;
