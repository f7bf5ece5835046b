/** Training and prediction as stages of Spark ML pipelines. */
package dev.lockstep.ml;
