/** Batch prediction of pictures over Spark. */
package dev.lockstep.predict;
