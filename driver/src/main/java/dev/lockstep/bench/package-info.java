/** Times training against other ways to train the same network. */
package dev.lockstep.bench;
